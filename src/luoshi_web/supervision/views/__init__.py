"""Screens of supervision."""

from luoshi_web.supervision.views.acts import act
from luoshi_web.supervision.views.assessment import assessment, score
from luoshi_web.supervision.views.chasing import notice, notices, owed, task, tasks
from luoshi_web.supervision.views.drill import drills, photo, sheet
from luoshi_web.supervision.views.feed import calendar
from luoshi_web.supervision.views.meeting import meeting, meetings
from luoshi_web.supervision.views.settlement import settlement, statement

__all__ = [
    "act",
    "assessment",
    "calendar",
    "drills",
    "meeting",
    "meetings",
    "notice",
    "notices",
    "owed",
    "photo",
    "score",
    "settlement",
    "sheet",
    "statement",
    "task",
    "tasks",
]
