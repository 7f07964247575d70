"""A project as it is read (识别结果), and the clause that says it."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.compiler.listing import Range
from luoshi.compiler.project.act import Opening
from luoshi.plan.model import ProjectKind, ProjectStage


@dataclass(frozen=True, slots=True)
class Named:
    """A project, in offsets of the reading text.

    Attributes:
        place: Where its name stands.
        kind: What it is.
        action: Promised act.
        stage: Stage that the act promises.
        clause: The clause that states both.
        until: Where the clauses that belong to it end.
        confidence: How sure it is.
        shared: Words that its name lacks and shares with others (等一级公路, 甲河、乙河治理工程), or "".
        is_counted: Whether it is a named member of a counted list (等35个项目).
        shares_verb: Whether a list without a verb behind it takes the same one (抓好甲等营地，乙等小镇建设).
    """

    place: Range
    kind: ProjectKind
    action: str
    stage: ProjectStage
    clause: Range
    until: int
    confidence: float
    shared: str = ""
    is_counted: bool = False
    shares_verb: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is being read.

    Attributes:
        text: The reading text.
        start: Where the clause begins.
        end: Where it ends.
        opened: The words that open it.
    """

    text: str
    start: int
    end: int
    opened: Opening

    @property
    def verb(self) -> str:
        """The last verb that opens the clause, or ""."""
        return self.opened.verb

    def named(
        self,
        place: Range,
        kind: ProjectKind,
        act: str = "",
        stage: ProjectStage = ProjectStage.UNSTATED,
        *,
        confidence: float = 0.8,
    ) -> Named:
        """Put the verb and the act behind the name together; a firm stage of the act counts before the verb's."""
        is_firm = stage not in (ProjectStage.UNSTATED, ProjectStage.BUILDING) or act.startswith(
            ("主体", "封顶")
        )
        own = self.opened.stage if self.opened.stage is not ProjectStage.UNSTATED else stage
        return Named(
            place=place,
            kind=kind,
            action=self.opened.words + act,
            stage=stage if is_firm else own,
            clause=(self.start, self.end),
            until=self.end,
            confidence=confidence,
        )
