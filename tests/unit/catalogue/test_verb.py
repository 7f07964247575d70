import re

import pytest

from luoshi.catalogue import verb


@pytest.mark.parametrize(
    ("word", "kind", "is_hard", "is_result"),
    [
        ("建成", "complete", True, False),
        ("开工", "start", True, False),
        ("出台", "issue", True, False),
        ("争创", "win", True, False),
        ("推进", "promote", False, False),
        ("达到", "reach", False, True),
        ("新增", "add", True, True),
    ],
)
def test_class_of_a_verb(word: str, kind: str, is_hard: bool, is_result: bool) -> None:
    found = verb.words().verbs[word]
    assert (found.kind, found.is_hard, found.is_result) == (kind, is_hard, is_result)


def test_every_wording_can_be_filled() -> None:
    catalogue = verb.words()
    for found in (*catalogue.verbs.values(), *catalogue.classes.values()):
        assert set(re.findall(r"{(\w+)}", found.done)) <= {"object", "verb", "clause"}
        assert found.evidence


def test_objects_choose_classes_that_exist() -> None:
    catalogue = verb.words()
    assert {kind for _, kind in catalogue.tails} <= set(catalogue.classes)


def test_the_longest_word_wins() -> None:
    lexicon = verb.words().lexicon
    text = "开工建设大桥"
    assert lexicon.end(text, 0, len(text)) == len("开工建设")
    assert lexicon.end(text, 0, 3) == len("开工")
    assert lexicon.end(text, 4, len(text)) == 4
    assert lexicon.end(text, len(text), len(text)) == len(text)
