"""What the assignment of units gives (责任单位建议)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be responsible.

    Attributes:
        bureau: Key of the bureau in the catalogue.
        name: Name as written in this place and year.
        confidence: Probability that it leads, 0 to 1.
        code: Message code of the reason.
        parameters: Values that fill the message: the words it rests on.
    """

    bureau: str
    name: str
    confidence: float
    code: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Units proposed for one task.

    Attributes:
        candidates: The best first; never empty.
        supporting: Those of the others that are proposed as supporting units (配合单位), the likeliest first.
    """

    candidates: tuple[Candidate, ...]
    supporting: tuple[Candidate, ...] = ()

    @property
    def lead(self) -> Candidate:
        """The proposed lead unit (牵头单位)."""
        return self.candidates[0]
