"""Strategies for whole plans: any texts, all kinds of items, references and places that hold."""

from datetime import date

from hypothesis import strategies as st

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.kernel.identity import digest
from luoshi.kernel.span import Span
from luoshi.plan import model as m

# What UTF-8 can write; NUL is refused by the reading and by the plan file alike.
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00")
WORDS = st.text(CHARACTERS, max_size=12)
# What reports are made of, beside anything at all: signs that mean something to YAML, JSON and spreadsheets.
SIGNS = st.text(
    st.sampled_from("政府工作报告。，：%“”#&*!|>-?[]{}'\"\\=+@~ \t\n\r\x85\u2028\ufeff😀0a"), max_size=12
)
TEXT = (
    WORDS
    | SIGNS
    | st.sampled_from(
        ["null", "~", "2026", "0.30", "true", "no", "2026-12-31", "=1+1", "<b>x</b>", "- a", "a: b"]
    )
)
DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=4) | st.decimals(
    min_value=0, max_value=1000, places=0
)
SHARES = st.decimals(min_value=0, max_value=1, places=4)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
CONFIDENCES = st.floats(min_value=0, max_value=1)


def _fields(**strategies: object) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(strategies)  # type: ignore[arg-type]


@st.composite
def plans(draw: st.DrawFn, *, reviewed: bool = True) -> m.Plan:
    """A consistent draft; with `reviewed` false, as a compiler leaves it."""
    text = draw(st.text(CHARACTERS, min_size=30, max_size=120))
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Span("S1", start, end))
    )
    maybe_span = st.none() | spans
    deadlines = st.builds(m.Deadline, day=DAYS, written=TEXT, span=maybe_span)
    count = st.integers(0, 4)

    def reference(prefix: str, number: int) -> st.SearchStrategy[str]:
        return st.sampled_from(["", *(f"{prefix}-{index}" for index in range(number))])

    counts = {name: draw(count) for name in ("section", "unit", "c", "t", "d", "p", "m", "g", "r")}
    sections = tuple(
        draw(
            st.builds(
                m.Section,
                id=st.just(f"s-{index}"),
                number=TEXT,
                title=TEXT,
                level=st.integers(0, 4),
                parent=reference("s", index),
                span=spans,
                heading=spans,
                role=st.sampled_from(m.Role),
            )
        )
        for index in range(counts["section"])
    )
    units = tuple(
        draw(st.builds(m.Unit, id=st.just(f"u-{index}"), name=TEXT, bureau=TEXT))
        for index in range(counts["unit"])
    )
    section = reference("s", counts["section"])
    unit = reference("u", counts["unit"])
    named_units = st.lists(unit.filter(bool), unique=True, max_size=3) if counts["unit"] else st.just([])
    commitment = reference("c", counts["c"])

    def items(kind: type[m.Item], prefix: str, /, **fields: object) -> tuple[m.Item, ...]:
        return tuple(
            draw(_item(kind, f"{prefix}-{index}", text, spans, reviewed, fields))
            for index in range(counts[prefix])
        )

    stages = st.lists(st.builds(m.Stage, name=TEXT, span=maybe_span), max_size=2).map(tuple)
    number = {
        "indicator": TEXT,
        "indicator_key": TEXT,
        "value": st.none() | DECIMALS,
        "unit": TEXT,
        "comparator": st.sampled_from(m.Comparator),
        "kind": st.sampled_from(m.TargetKind),
        "number": maybe_span,
    }
    return m.Plan(
        place=draw(st.builds(m.Place, name=TEXT, code=TEXT, level=st.sampled_from(m.Level))),
        year=draw(st.integers(2003, 2030)),
        compiler=draw(TEXT),
        sources=(
            m.Source(
                id="S1",
                name=draw(TEXT),
                title=draw(TEXT),
                day=draw(st.none() | DAYS),
                medium=draw(st.sampled_from(m.Medium)),
                digest=digest(text),
                text=text,
            ),
        ),
        sections=sections,
        units=units,
        commitments=items(  # type: ignore[arg-type]
            m.Commitment,
            "c",
            section=section,
            title=TEXT,
            action=TEXT,
            object=TEXT,
            strength=TEXT,
            deadline=deadlines,
            lead_unit=unit,
            supporting_units=named_units.map(tuple),
            leading_official=TEXT,
            publicity=st.sampled_from(m.Publicity),
        ),
        targets=items(  # type: ignore[arg-type]
            m.Target,
            "t",
            commitment=commitment,
            upper=st.none() | DECIMALS,
            reference=TEXT,
            base_period=TEXT,
            judged_as=st.sampled_from(m.JudgedAs),
            course=st.sampled_from(m.Course),
            deadline=deadlines,
            strength=TEXT,
            **number,
        ),
        deliverables=items(  # type: ignore[arg-type]
            m.Deliverable,
            "d",
            commitment=commitment.filter(bool) if counts["c"] else st.just(""),
            done_when=TEXT,
            evidence=TEXT,
            due=deadlines,
            weight=SHARES,
            approved=st.booleans(),
        ),
        projects=items(  # type: ignore[arg-type]
            m.Project,
            "p",
            commitment=commitment,
            name=TEXT,
            kind=st.sampled_from(m.ProjectKind),
            action=TEXT,
            stage=st.sampled_from(m.ProjectStage),
            place=TEXT,
            amount=st.none() | DECIMALS,
            amount_unit=TEXT,
            deadline=deadlines,
            clause=maybe_span,
            member_of=reference("t", counts["t"]),
        ),
        procedures=items(  # type: ignore[arg-type]
            m.Procedure,
            "m",
            name=TEXT,
            kind=st.sampled_from(m.ProcedureKind),
            scope=TEXT,
            stages=stages,
            members=stages,
            limits=st.lists(
                st.builds(
                    m.Limit,
                    subject=TEXT,
                    comparator=st.sampled_from(m.Comparator),
                    value=DECIMALS,
                    unit=TEXT,
                    day_type=st.sampled_from(m.DayType),
                    span=maybe_span,
                ),
                max_size=2,
            ).map(tuple),
            strikes=st.lists(
                st.builds(m.Strike, beat=st.sampled_from(m.Beat), act=TEXT, span=maybe_span), max_size=2
            ).map(tuple),
            declared_count=st.none() | st.integers(0, 99),
            definition=maybe_span,
        ),
        terms=items(  # type: ignore[arg-type]
            m.Term,
            "g",
            name=TEXT,
            definition=TEXT,
            uses=st.lists(spans, max_size=2).map(tuple),
            procedure=reference("m", counts["m"]),
        ),
        claims=items(  # type: ignore[arg-type]
            m.Claim,
            "r",
            growth_percent=st.none() | DECIMALS,
            year=st.none() | st.integers(2000, 2030),
            **number,
        ),
        passages=draw(
            st.lists(st.builds(m.Passage, span=spans, kind=st.sampled_from(m.PassageKind)), max_size=2).map(
                tuple
            )
        ),
        numbers=draw(
            st.lists(
                st.builds(m.OtherNumber, span=spans, kind=st.sampled_from(m.NumberKind)), max_size=2
            ).map(tuple)
        ),
        diagnostics=draw(
            st.lists(
                st.builds(
                    Diagnostic,
                    code=st.just("P106"),
                    severity=st.sampled_from(Severity),
                    span=maybe_span,
                    item=TEXT,
                    parameters=st.dictionaries(TEXT, TEXT, max_size=2),
                ),
                max_size=2,
            ).map(tuple)
        ),
    )


@st.composite
def _item(
    draw: st.DrawFn,
    kind: type[m.Item],
    id: str,
    text: str,
    spans: st.SearchStrategy[Span],
    reviewed: bool,
    fields: dict[str, object],
) -> m.Item:
    places = tuple(draw(st.lists(spans, min_size=1, max_size=2)))
    made = draw(_fields(**fields))
    by_hand = reviewed and draw(st.booleans())
    bases = st.lists(
        st.builds(
            m.Basis,
            field=st.sampled_from(sorted(fields)),
            confidence=CONFIDENCES,
            code=st.just("P106"),
            parameters=st.dictionaries(TEXT, TEXT, max_size=1),
        ),
        max_size=2,
    )
    if by_hand:
        return kind(
            id=id,
            spans=(),
            text=draw(TEXT),
            origin=m.Origin.HAND,
            state=draw(st.sampled_from(m.ReviewState)),
            reviewed=tuple(draw(st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=2))),
            **made,
        )
    return kind(
        id=id,
        spans=places,
        text=places[0].quote(text),
        state=draw(st.sampled_from(m.ReviewState)) if reviewed else m.ReviewState.PROPOSED,
        bases=tuple(draw(bases)),
        **made,
    )
