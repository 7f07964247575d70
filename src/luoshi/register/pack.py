"""Packs (业务包): a mechanism that reports name, as procedures, dated rules and the figures that its cases give.

A pack gives facts and judges nothing: what a figure means for a promise is decided where targets are bound and lights are given. A pack knows no other pack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import resources
from typing import Any

import msgspec
import yaml

from luoshi.cadence.workday import WorkCalendar
from luoshi.kernel.label import Language
from luoshi.register.case.model import Case
from luoshi.register.procedure.model import Origin, Procedure


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a figure is about: the plan-year's first day, the day as of which, and the working days of the place."""

    start: date
    on: date
    calendar: WorkCalendar

    def holds(self, day: date | None) -> bool:
        """Tell whether a day lies in it."""
        return day is not None and self.start <= day <= self.on


@dataclass(frozen=True, slots=True)
class RegisterFigure:
    """A figure of a register: value (None where nothing is known), numerator and denominator of a rate, how many cases it rests on."""

    value: Decimal | None
    cases: int
    numerator: Decimal | None = None
    denominator: Decimal | None = None


Compute = Callable[[Sequence[Case], Procedure, Window, str], RegisterFigure]


class Indicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that a pack gives (业务包指标).

    Attributes:
        key: Identity inside the pack.
        procedure: Key of the procedure whose cases it counts.
        name: Name, in Chinese.
        en: Name in English.
        unit: Unit of the value.
        rule: How it is computed, for people.
        rule_en: The same in English.
        patterns: Regular expressions of names of targets that it stands behind; a group ``p`` gives its parameter.
        parameters: What words of a name say as parameter, by word.
        is_limit: Whether a target of it limits the time of the procedure: of the class that its parameter names, of all where it has none.
    """

    key: str
    procedure: str
    name: str
    en: str
    unit: str
    rule: str
    rule_en: str
    patterns: tuple[str, ...] = ()
    parameters: dict[str, str] = {}
    is_limit: bool = False

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.name if language == "zh" else self.en

    def parameter_for(self, target: str) -> str | None:
        """Return with which parameter it stands behind a target of this name; None where it does not.

        Args:
            target: Name of what the target measures.
        """
        for pattern in self.patterns:
            found = re.search(pattern, target)
            if found is None:
                continue
            word = found.groupdict().get("p") or ""
            return self.parameters.get(word, word)
        return None


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: name, procedures by key, indicators by key with what computes them, and its dated rules.

    Attributes:
        key: Name of its folder.
        name: Name, in Chinese.
        en: Name in English.
        procedures: Its procedures, ready to be completed and published.
        indicators: Figures that its cases give.
        computes: What computes each figure.
        rules: Its dated rules, as they stand in ``rules.yaml``.
    """

    key: str
    name: str
    en: str
    procedures: Mapping[str, Procedure]
    indicators: Mapping[str, Indicator]
    computes: Mapping[str, Compute]
    rules: Mapping[str, Any]

    def label(self, language: Language = "zh") -> str:
        """Return its name."""
        return self.name if language == "zh" else self.en

    def figure(
        self, indicator: str, cases: Sequence[Case], procedure: Procedure, window: Window, parameter: str = ""
    ) -> RegisterFigure:
        """Return a figure of the cases of a register.

        Raises:
            KeyError: The pack gives none of this key.
        """
        return self.computes[indicator](cases, procedure, window, parameter)


def with_rules(node: Any, rules: Mapping[str, Any]) -> Any:
    """Return plain data in which limits take their amount and basis from a rule that they name, so that a number stands once.

    Args:
        node: Plain data; ``amount_by: limits.public`` stands for the number ``public`` of the newest edition of ``limits``.
        rules: Dated rules, the newest edition last.

    Raises:
        ValueError: There is no such rule.
    """
    if isinstance(node, list):
        return [with_rules(one, rules) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: with_rules(one, rules) for key, one in node.items() if key != "amount_by"}
    named = node.get("amount_by")
    if named is None:
        return found
    name, _, number = str(named).partition(".")
    editions = rules.get(name) or [{}]
    newest = editions[-1]
    if number not in newest:
        raise ValueError(f"there is no rule {named}")
    return {**found, "amount": newest[number], "basis": newest["basis"]}


def load(package: str, computes: Mapping[str, Compute]) -> Pack:
    """Return the pack of a folder: ``pack.yaml`` with name, procedures and indicators, ``rules.yaml`` with its dated rules.

    Args:
        package: Name of the Python package (``luoshi.packs.projects``).
        computes: What computes each indicator.

    Raises:
        ValueError: An indicator has nothing that computes it, or the reverse; a limit names a rule that is not there.
    """
    folder = resources.files(package)
    rules = yaml.safe_load(folder.joinpath("rules.yaml").read_text(encoding="utf-8"))
    data = with_rules(yaml.safe_load(folder.joinpath("pack.yaml").read_text(encoding="utf-8")), rules)
    key = package.rsplit(".", 1)[-1]
    procedures = [
        msgspec.convert({"origin": Origin.PACK.value, "source": key, **one}, Procedure, strict=False)
        for one in data["procedures"]
    ]
    indicators = [msgspec.convert(one, Indicator) for one in data["indicators"]]
    if {one.key for one in indicators} != set(computes):
        raise ValueError(f"indicators of {package} do not match what computes them")
    return Pack(
        key=key,
        name=data["name"],
        en=data["en"],
        procedures={one.key: one for one in procedures},
        indicators={one.key: one for one in indicators},
        computes=computes,
        rules=rules,
    )
