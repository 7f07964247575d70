"""Words of the year of delivery on the screens: everything that the ledger can say has them, in both languages."""

import pkgutil
from importlib import import_module

import pytest
from django.utils import translation

import luoshi
from luoshi.ledger.fact import Fact, tag_of
from luoshi.register.case.fact import CASE_FACTS
from luoshi_web.reporting.wording import fact_text


def every_fact():
    """Return every kind of fact that the domain declares, but for those of cases, which `test_cases` words in their story."""
    for module in pkgutil.walk_packages(luoshi.__path__, "luoshi."):
        import_module(module.name)
    found, waiting = set(), [Fact]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            found.add(tag_of(kind))
    return sorted(found - {tag_of(kind) for kind in CASE_FACTS})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_fact_has_words(language):
    tags = every_fact()
    assert {"report_filed", "lights_given", "sample_drawn"} <= set(tags)
    with translation.override(language):
        assert [tag for tag in tags if fact_text(tag) == tag] == []
        if language == "en":
            assert [tag for tag in tags if not fact_text(tag).isascii()] == []
