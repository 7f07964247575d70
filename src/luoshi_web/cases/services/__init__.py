"""Change procedures and cases; one mutation, one function."""

from luoshi_web.cases.services.handling import Done, perform, receive, show_person
from luoshi_web.cases.services.importing import Imported, import_cases
from luoshi_web.cases.services.procedures import draft, import_drawing, publish

__all__ = [
    "Done",
    "Imported",
    "draft",
    "import_cases",
    "import_drawing",
    "perform",
    "publish",
    "receive",
    "show_person",
]
