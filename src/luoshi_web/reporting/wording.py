"""How screens of the year of delivery write values, days and where a number comes from."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from luoshi.delivery.source import Source, SourceKind
from luoshi.delivery.year import Year
from luoshi.ledger.observation import Observation
from luoshi_web.frame.language import label


def value_text(value: Decimal | None, unit: str = "") -> str:
    """Return a value with its unit, without zeros that say nothing; — where it is not known."""
    if value is None:
        return "—"
    text = format(value.normalize(), "f") if value != 0 else "0"
    return f"{text}{unit}"


def source_text(source: Source, year: Year) -> str:
    """Return where figures come from, in words."""
    match source.kind:
        case SourceKind.ROSTER:
            roster = year.rosters.get(source.name)
            return _("清单“%(title)s”") % {"title": roster.title if roster else source.name}
        case SourceKind.IMPORT:
            return _("统计导入“%(name)s”") % {"name": source.name}
        case SourceKind.REPORT:
            return label(source.kind)


def known_text(observation: Observation) -> str:
    """Return how a figure is known: how computed and who attests it."""
    return f"{label(observation.computed)} · {label(observation.attestation)}"
