"""Steps of an import as a person sees them go by (导入进度)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi_web.frame.language import label
from luoshi_web.plans.models import Import, ImportState

READING_FILE = "reading_file"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step: its name, and whether it is done or under way."""

    name: str
    is_done: bool
    is_now: bool


def steps_of(job: Import) -> list[ShownStep]:
    """Return the steps of an import with how far it has come."""
    from luoshi.compiler.pipeline import Step

    named = [(READING_FILE, _("读取文件"))]
    named += [(str(step.value), label(step)) for step in Step if step is not Step.DONE]
    keys = [key for key, _name in named]
    state = ImportState(job.state)
    if state in (ImportState.DONE, ImportState.ASKING):
        here = len(keys)
    else:
        here = keys.index(job.step) if job.step in keys else -1 if state is ImportState.WAITING else 0
    return [
        ShownStep(name, place < here, place == here and state is ImportState.RUNNING)
        for place, (_key, name) in enumerate(named)
    ]
