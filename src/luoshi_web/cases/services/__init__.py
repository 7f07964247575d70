"""Change procedures and cases; one mutation, one function."""

from luoshi_web.cases.services.checking import CheckedBook, check_books
from luoshi_web.cases.services.handling import (
    Done,
    Intake,
    follow,
    perform,
    receive,
    receive_all,
    show_person,
)
from luoshi_web.cases.services.importing import Imported, import_cases
from luoshi_web.cases.services.observing import adopt, bind_registers, catch_up, observe
from luoshi_web.cases.services.procedures import draft, import_drawing, publish

__all__ = [
    "CheckedBook",
    "Done",
    "Imported",
    "Intake",
    "adopt",
    "bind_registers",
    "catch_up",
    "check_books",
    "draft",
    "follow",
    "import_cases",
    "import_drawing",
    "observe",
    "perform",
    "publish",
    "receive",
    "receive_all",
    "show_person",
]
