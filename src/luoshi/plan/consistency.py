"""Consistency of a plan (计划一致性): what its values must say to each other.

Each item's identity is its own, what it refers to exists, its places lie in the text and quote it. `parent` and
`merged_from` of a commitment are history, not references: what they name is gone from the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from luoshi.kernel.diagnostic import Diagnostic
from luoshi.kernel.identity import digest
from luoshi.kernel.span import Span
from luoshi.plan.fault import fault
from luoshi.plan.items import ItemKind, of_kind
from luoshi.plan.model import (
    Claim,
    Commitment,
    Deliverable,
    Item,
    Origin,
    Plan,
    Procedure,
    Project,
    Target,
    Term,
)

IDENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
MOST_DIGITS = 40
YEARS = (1949, 2200)


def of_plan(plan: Plan) -> Iterator[Diagnostic]:
    """Yield every inconsistency of `plan`, each with its path in the document."""
    yield from _of_head(plan)
    yield from _of_identities(plan)
    yield from of_references(plan)
    texts = {source.id: source.text for source in plan.sources}
    for path, item, spans in _spans(plan):
        for where, span in spans:
            yield from _of_span(f"{path}.{where}", item, span, texts)
    yield from _of_quotes(plan, texts)
    yield from _of_numbers(plan)
    yield from _of_controls(plan)


def of_references(plan: Plan) -> Iterator[Diagnostic]:
    """Yield every reference of `plan` to something that it does not hold."""
    known = {kind: {item.id for item in of_kind(plan, kind)} for kind in ItemKind}
    units = {unit.id for unit in plan.units}
    sections = {section.id: section.parent for section in plan.sections}

    def missing(
        path: str, item: str, named: str, among: set[str] | dict[str, str], what: str
    ) -> Iterator[Diagnostic]:
        if named and named not in among:
            yield fault("P121", path, item=item, id=named, among=what)

    for index, section in enumerate(plan.sections):
        yield from missing(f"$.sections[{index}].parent", section.id, section.parent, sections, "sections")
        if _circles(section.id, sections):
            yield fault("P126", f"$.sections[{index}]", item=section.id, id=section.id)
    for index, commitment in enumerate(plan.commitments):
        path = f"$.commitments[{index}]"
        yield from missing(f"{path}.section", commitment.id, commitment.section, sections, "sections")
        yield from missing(f"{path}.lead_unit", commitment.id, commitment.lead_unit, units, "units")
        for place, unit in enumerate(commitment.supporting_units):
            yield from missing(f"{path}.supporting_units[{place}]", commitment.id, unit, units, "units")
    for kind, name, among in _REFERENCES:
        for index, item in enumerate(of_kind(plan, kind)):
            named = getattr(item, name)
            yield from missing(
                f"$.{kind.list_name}[{index}].{name}", item.id, named, known[among], among.list_name
            )


_REFERENCES = (
    (ItemKind.DELIVERABLE, "commitment", ItemKind.COMMITMENT),
    (ItemKind.TARGET, "commitment", ItemKind.COMMITMENT),
    (ItemKind.PROJECT, "commitment", ItemKind.COMMITMENT),
    (ItemKind.PROJECT, "member_of", ItemKind.TARGET),
    (ItemKind.PROCEDURE, "supersedes", ItemKind.PROCEDURE),
    (ItemKind.TERM, "procedure", ItemKind.PROCEDURE),
)


def _circles(section: str, parents: dict[str, str]) -> bool:
    above = parents.get(section, "")
    for _ in range(len(parents)):
        if not above or above == section:
            break
        above = parents.get(above, "")
    return above == section


def _of_head(plan: Plan) -> Iterator[Diagnostic]:
    if not YEARS[0] <= plan.year <= YEARS[1]:
        yield fault("P111", "$.year", found=plan.year, low=YEARS[0], high=YEARS[1])
    if not 0 <= plan.version <= 9999:
        yield fault("P111", "$.version", found=plan.version, low=0, high=9999)
    if not plan.sources:
        yield fault("P129", "$.sources")
    for index, source in enumerate(plan.sources):
        if source.digest != digest(source.text):
            yield fault("P124", f"$.sources[{index}].digest", item=source.id, source=source.id)
    for index, section in enumerate(plan.sections):
        if not 0 <= section.level <= 9:
            yield fault("P111", f"$.sections[{index}].level", found=section.level, low=0, high=9)


def _of_identities(plan: Plan) -> Iterator[Diagnostic]:
    """Yield malformed and repeated identities; items of all kinds share one space, as decisions name them alone."""
    spaces = [("sources",), ("sections",), ("units",), tuple(kind.list_name for kind in ItemKind)]
    for space in spaces:
        seen: dict[str, str] = {}
        for name in space:
            for index, part in enumerate(getattr(plan, name)):
                path = f"$.{name}[{index}].id"
                if not IDENTITY.fullmatch(part.id):
                    yield fault("P128", path, item=part.id[:80], id=part.id, limit=80)
                if part.id in seen:
                    yield fault("P120", path, item=part.id, id=part.id, other=seen[part.id])
                seen.setdefault(part.id, path)
    lineages: dict[str, str] = {}
    for index, commitment in enumerate(plan.commitments):
        path = f"$.commitments[{index}].lineage"
        if commitment.lineage and not IDENTITY.fullmatch(commitment.lineage):
            yield fault("P128", path, item=commitment.id, id=commitment.lineage, limit=80)
        if commitment.lineage and commitment.lineage in lineages:
            yield fault(
                "P120", path, item=commitment.id, id=commitment.lineage, other=lineages[commitment.lineage]
            )
        lineages.setdefault(commitment.lineage, path)


def _spans(plan: Plan) -> Iterator[tuple[str, str, list[tuple[str, Span]]]]:
    """Yield the path, the identity and the places of everything in the plan that has places."""
    for name in ("sections", *(kind.list_name for kind in ItemKind), "passages", "numbers", "diagnostics"):
        for index, part in enumerate(getattr(plan, name)):
            found = list(_places(part, ""))
            if found:
                yield f"$.{name}[{index}]", getattr(part, "id", ""), found


def _places(value: object, path: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Span):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _places(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, tuple) and value and not isinstance(value[0], str):
        for index, part in enumerate(value):
            yield from _places(part, f"{path}[{index}]")


def _of_span(path: str, item: str, span: Span, texts: dict[str, str]) -> Iterator[Diagnostic]:
    text = texts.get(span.source)
    if text is None:
        yield fault("P121", f"{path}.source", item=item, id=span.source, among="sources")
    elif span.end > len(text):
        yield fault(
            "P122", path, item=item, start=span.start, end=span.end, source=span.source, length=len(text)
        )


def _of_quotes(plan: Plan, texts: dict[str, str]) -> Iterator[Diagnostic]:
    for kind in ItemKind:
        for index, item in enumerate(of_kind(plan, kind)):
            path = f"$.{kind.list_name}[{index}]"
            if item.spans:
                quoted = item.spans[0].quote(texts.get(item.spans[0].source, ""))
                # A place outside of the text has been reported already.
                if quoted and len(quoted) == item.spans[0].end - item.spans[0].start and item.text != quoted:
                    yield fault("P123", f"{path}.text", item=item.id, found=item.text, quoted=quoted)
            elif item.origin is Origin.COMPILED:
                yield fault("P125", f"{path}.spans", item=item.id)


def _of_numbers(plan: Plan) -> Iterator[Diagnostic]:
    for kind in ItemKind:
        for index, item in enumerate(of_kind(plan, kind)):
            path = f"$.{kind.list_name}[{index}]"
            for name, value in _decimals(item):
                if value is not None and not is_usable(value):
                    yield fault("P110", f"{path}.{name}", item=item.id, found=str(value), digits=MOST_DIGITS)
            for place, basis in enumerate(item.bases):
                if not 0 <= basis.confidence <= 1:
                    where = f"{path}.bases[{place}].confidence"
                    yield fault("P111", where, item=item.id, found=basis.confidence, low=0, high=1)
            for place, name in enumerate(item.reviewed):
                if name not in item.__struct_fields__:
                    yield fault(
                        "P130", f"{path}.reviewed[{place}]", item=item.id, found=name, kind=kind.value
                    )
            if isinstance(item, Deliverable) and is_usable(item.weight) and not 0 <= item.weight <= 1:
                yield fault("P111", f"{path}.weight", item=item.id, found=item.weight, low=0, high=1)


def is_usable(value: Decimal) -> bool:
    """Tell whether a decimal is finite and no longer than people write: what follows may compute with it safely."""
    if not value.is_finite():
        return False
    sign_digits_exponent = value.as_tuple()
    return (
        len(sign_digits_exponent.digits) <= MOST_DIGITS
        and abs(int(sign_digits_exponent.exponent)) <= MOST_DIGITS
    )


def _decimals(item: Item) -> Iterator[tuple[str, Decimal | None]]:
    match item:
        case Target():
            yield from (("value", item.value), ("upper", item.upper))
        case Deliverable():
            yield "weight", item.weight
        case Project():
            yield "amount", item.amount
        case Claim():
            yield from (("value", item.value), ("growth_percent", item.growth_percent))
        case Procedure():
            for index, limit in enumerate(item.limits):
                yield f"limits[{index}].value", limit.value
        case Commitment() | Term():
            return


def _of_controls(plan: Plan) -> Iterator[Diagnostic]:
    """Yield texts with NUL, which neither an XML document nor PostgreSQL can hold."""
    if b"\\u0000" not in msgspec.json.encode(plan):
        return
    for path, text in _texts(plan, "$"):
        if "\x00" in text:
            yield fault("P127", path, found="0000")


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from _texts(getattr(value, field), f"{path}.{field}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _texts(part, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(key, f"{path}.{key}")
            yield from _texts(part, f"{path}.{key}")
