"""What a reconciliation is (兑现核对的数据): subjects, passages, pairs with a proposed reading."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from luoshi.delivery.reconciling import Outcome
from luoshi.delivery.verdict import Verdict
from luoshi.kernel.label import Labelled, Language
from luoshi.kernel.message import text_of
from luoshi.kernel.span import Span

__all__ = ["Finding", "Outcome", "Pair", "Reconciliation", "Subject", "SubjectKind"]


class SubjectKind(Labelled):
    """What sort of thing was promised (事项类别)."""

    TARGET = "target", "量化指标", "target"
    PROJECT = "project", "项目", "project"
    COMMITMENT = "commitment", "任务", "commitment"


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every part: immutable, keyword-only, strict about unknown fields."""


class Subject(_Document, frozen=True, kw_only=True):
    """Something that this year's report promised (承诺事项).

    Attributes:
        id: Identity of the target, project or commitment inside its plan.
        kind: Which of them.
        commitment: Identity of the commitment that it belongs to, or "".
        lineage: Permanent identity of that commitment, or "".
        name: What it is about: indicator, name of the project, title of the commitment.
        text: Words of the report.
        span: Place of these words; None for what was added by hand.
        value: Number that was promised, in `unit`; None where there is none.
        unit: Unit as written, or "".
        heading: Title of the section that it stands in, or "".
    """

    id: str
    kind: SubjectKind
    commitment: str = ""
    lineage: str = ""
    name: str
    text: str
    span: Span | None
    value: Decimal | None = None
    unit: str = ""
    heading: str = ""

    @property
    def key(self) -> str:
        """Key of the subject inside its plan."""
        return f"{self.kind.value}:{self.id}"


class Finding(_Document, frozen=True, kw_only=True):
    """A passage of next year's report that may answer a subject (对应表述).

    Attributes:
        span: Place in next year's report.
        text: Its words.
        claim: Identity of the claim inside the claiming plan, or "" for words without a number.
        value: Number that answers, in `unit`; None for words without one.
        unit: Unit as written, ``%`` for a growth that stands beside a level, or "".
        likeness: How much it looks like an answer, 0 to 1.
    """

    span: Span
    text: str
    claim: str = ""
    value: Decimal | None = None
    unit: str = ""
    likeness: float

    @property
    def key(self) -> str:
        """Key of the passage inside its report."""
        return f"{self.span.source}:{self.span.start}-{self.span.end}{'+' if self.unit == '%' else ''}"


class Pair(_Document, frozen=True, kw_only=True):
    """A subject with the passage that answers it and the proposed reading (核对条目).

    Attributes:
        subject: What was promised.
        finding: The passage that is proposed; None where none was found.
        outcome: The proposed reading.
        code: Message code of the reason.
        parameters: Values that fill it.
        others: Other passages that may answer it, the likeliest first.
        verdict: What the ledger settled for the commitment, where it did.
        differs: Whether the reading and the ledger's verdict say different things.
    """

    subject: Subject
    finding: Finding | None
    outcome: Outcome
    code: str
    parameters: dict[str, str] = {}
    others: tuple[Finding, ...] = ()
    verdict: Verdict | None = None
    differs: bool = False

    def describe(self, language: Language = "zh") -> str:
        """Return the reason in `language`."""
        return text_of(self.code, self.parameters, language)


class Reconciliation(_Document, frozen=True, kw_only=True):
    """A year's commitments beside next year's claims (兑现核对表).

    Attributes:
        place: Name of the place.
        year: Year whose commitments are reconciled; the claims stand in the report of the year after.
        promised: Digest of this year's report, of the first source where there are several.
        claiming: Digest of next year's report.
        rule: Name of the rule that read the pairs.
        pairs: One for each subject, in text order.
        unasked: Claims about the year that answer no subject, in text order.
    """

    place: str
    year: int
    promised: str
    claiming: str
    rule: str
    pairs: tuple[Pair, ...]
    unasked: tuple[Finding, ...] = ()

    def counts(self) -> dict[Outcome, int]:
        """Return how many pairs have each reading."""
        return {outcome: sum(pair.outcome is outcome for pair in self.pairs) for outcome in Outcome}
