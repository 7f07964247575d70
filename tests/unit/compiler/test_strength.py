import pytest

from luoshi.compiler import strength


def covered(text: str, words: str) -> str:
    mention = strength.governing(strength.mentions(text), text.index(words))
    return mention.written if mention else ""


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("力争新增企业5家、商户8户，带动就业300人。", "300人", "力争"),
        ("新建泵站2座，确保达标率达到95%。", "2座", ""),
        ("新建泵站2座，确保达标率达到95%。", "95%", "确保"),
        ("力争进入先进行列，绿化率达到30%。", "30%", ""),
        ("力争引进项目3个；新建学校2所。", "2所", ""),
        ("主要预期目标是：生产总值增长6%；新增就业3万人。", "3万人", "预期"),
        ("争取上级资金3亿元。", "3亿元", ""),
        ("争取引进企业6家。", "6家", "争取"),
        ("力争税收增长5%，确保收入增长6%。", "6%", "确保"),
    ],
)
def test_what_a_word_of_strength_covers(text: str, words: str, expected: str) -> None:
    assert covered(text, words) == expected
