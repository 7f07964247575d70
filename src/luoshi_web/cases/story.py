"""What happened to a case, entry by entry, in words (办理经过)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from luoshi.cadence.limit import pausings
from luoshi.ledger.entry import Entry
from luoshi.ledger.fact import Fact
from luoshi.ledger.note import NoteRef
from luoshi.register.case import fact as facts
from luoshi.register.procedure.model import Part, Procedure
from luoshi_web.frame.language import reading_language


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when, who (opaque), what in words, what was written with it, evidence, number of the entry."""

    at: datetime
    who: str
    words: str
    note: NoteRef | None
    evidence: tuple[str, ...]
    entry: int


def story_of(entries: Sequence[Entry], procedure: Procedure) -> list[Step]:
    """Return the steps of a case, the newest first."""
    steps = []
    for entry in entries:
        fact = facts.decode(entry.body)
        note = getattr(fact, "note", None) or getattr(fact, "reason", None)
        steps.append(
            Step(
                at=entry.known_at,
                who=entry.who,
                words=_words(fact, procedure),
                note=note if isinstance(note, NoteRef) else None,
                evidence=entry.evidence,
                entry=entry.number,
            )
        )
    return steps[::-1]


def _named(parts: Sequence[Part], key: str) -> str:
    found = next((part for part in parts if part.key == key), None)
    return found.label(reading_language()) if found else key


def _words(fact: Fact, procedure: Procedure) -> str:
    stages = procedure.stages
    match fact:
        case facts.CaseReceived(desk=desk):
            return _("%(unit)s受理") % {"unit": desk}
        case facts.CaseDispatched(to=unit):
            return _("分派给%(unit)s") % {"unit": unit}
        case facts.CaseTakenOver():
            return _("接办")
        case facts.CaseReturned():
            return _("退回受理单位")
        case facts.CaseTransferred(to=unit):
            return _("转给%(unit)s办理") % {"unit": unit}
        case facts.CasePaused(reason=reason):
            why = pausings().get(reason)
            return _("暂停计时：%(why)s") % {"why": why.label(reading_language()) if why else reason}
        case facts.CaseResumed():
            return _("恢复计时")
        case facts.CaseExtended(amount=amount):
            return _("时限延长 %(n)s") % {"n": amount}
        case facts.CaseMoved(to=stage):
            return _("进入“%(stage)s”") % {"stage": _named(stages, stage)}
        case facts.CaseTaskFinished(task=task):
            tasks = [one for stage in stages for one in stage.tasks]
            return _("办结“%(task)s”") % {"task": _named(tasks, task)}
        case facts.CaseFieldsSet(fields=fields):
            names = "、".join(_named(procedure.fields, key) for key in fields)
            return _("填写：%(names)s") % {"names": names or _("联系人")}
        case facts.CaseAmountSet(series=series, month=month, value=value):
            told = {"name": _named(procedure.series, series), "month": month, "value": value}
            return _("%(month)s %(name)s %(value)s") % told
        case facts.CaseChecked(check=check, is_yes=is_yes):
            checks = [one for stage in stages for one in stage.checks]
            return (_("核查通过：%(name)s") if is_yes else _("核查未通过：%(name)s")) % {
                "name": _named(checks, check)
            }
        case facts.CasePaperAdded(paper=paper):
            papers = [one for stage in stages for one in stage.papers]
            return _("收件：%(name)s") % {"name": _named(papers, paper)}
        case facts.CaseBlocked(kind=kind, unit=unit):
            return _("登记堵点“%(kind)s”，由%(unit)s解决") % {"kind": kind, "unit": unit}
        case facts.CaseUnblocked():
            return _("解除堵点")
        case facts.CaseClosed(outcome=outcome):
            return _("办结：%(outcome)s") % {"outcome": _named(procedure.outcomes, outcome)}
        case facts.CaseReopened():
            return _("重新打开")
        case facts.CaseRated(rating=rating):
            return _("申请人评价 %(n)s 分") % {"n": rating}
        case _:
            return ""
