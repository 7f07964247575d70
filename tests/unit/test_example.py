"""The bundled example and what was worked out from it by hand agree with each other."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from luoshi import examples
from luoshi.plan.model import (
    Beat,
    Comparator,
    DayType,
    NumberKind,
    ProcedureKind,
    ProjectKind,
    ProjectStage,
    TargetKind,
)

EXPECTED = Path(__file__).parents[1] / "corpus" / "example"
TEXT = examples.text()
GLOSSARY_HEAD = "\n部分用语说明\n"
GLOSSARY = TEXT.index(GLOSSARY_HEAD)
FORWARD = TEXT.index("\n二、“十五五”发展目标")
PAIRS = (
    ("start", "end", "text"),
    ("num_start", "num_end", "num_text"),
    ("clause_start", "clause_end", "clause"),
    ("ref_start", "ref_end", "ref_text"),
)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EXPECTED / name).read_text(encoding="utf-8").splitlines()]


def document(name: str) -> Any:
    return yaml.safe_load((EXPECTED / name).read_text(encoding="utf-8"))


TARGETS = lines("targets.jsonl")
REFERENCES = lines("references.jsonl")
CLAIMS = lines("claims.jsonl")
PROJECTS = lines("projects.jsonl")
MACHINERY = document("machinery.yaml")
PROCEDURES = MACHINERY["procedures"]
STATIONS = document("stations.yaml")
OTHERS = document("others.yaml")


def entries() -> dict[str, str]:
    """Return the definition of each glossary entry by its name, read without the compiler."""
    body = TEXT[GLOSSARY + len(GLOSSARY_HEAD) :]
    return dict(line.split("：", 1) for line in body.splitlines())


def claim(indicator: str) -> Decimal:
    """Return the value that the first claim about `indicator` states."""
    return next(Decimal(str(c["value"])) for c in CLAIMS if c["indicator"] == indicator)


class TestTheFile:
    def test_it_is_utf8_without_a_mark_and_with_line_feeds_alone(self) -> None:
        data = examples.path().read_bytes()
        assert data.decode("utf-8") == TEXT
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert b"\t" not in data
        assert data.endswith(b"\n")
        assert not data.endswith(b"\n\n")

    def test_no_line_has_space_at_its_ends(self) -> None:
        assert [line for line in TEXT.splitlines() if line != line.strip()] == []

    def test_it_is_as_long_as_a_real_report(self) -> None:
        assert 12_000 <= len(re.findall(r"[\u4e00-\u9fff]", TEXT)) <= 16_000

    def test_quotation_marks_are_paired_in_every_line(self) -> None:
        for line in TEXT.splitlines():
            assert re.sub(r"[^“”]", "", line) == "“”" * line.count("“"), line

    def test_it_has_the_parts_of_a_report(self) -> None:
        heads = re.findall(r"^([一二三四])、", TEXT, flags=re.M)
        assert heads == list("一二三四")
        work = TEXT[TEXT.index("\n三、") : TEXT.index("\n四、")]
        assert re.findall(r"^（(.)）", work, flags=re.M) == list("一二三四五六七八")
        assert re.findall(r"^(\d+)\.", work, flags=re.M) == [str(n) for n in range(1, 11)]

    @pytest.mark.parametrize("group", ["provinces", "cities", "regions", "waters", "people", "companies"])
    def test_no_real_name_stands_in_it(self, group: str) -> None:
        assert [name for name in document("real-names.yaml")[group] if name in TEXT] == []


class TestTheFiguresOfTheReview:
    def test_the_sectors_add_up_to_the_whole(self) -> None:
        shares = re.search(r"三次产业结构调整为([\d.]+)∶([\d.]+)∶([\d.]+)", TEXT)
        assert shares is not None
        assert sum(Decimal(share) for share in shares.groups()) == 100

    def test_the_share_of_taxes_is_taxes_over_revenue(self) -> None:
        share = claim("税收收入") / claim("地方一般公共预算收入") * 100
        assert round(share, 1) == claim("税收收入占地方一般公共预算收入比重")

    def test_the_share_of_good_days_is_days_over_the_year(self) -> None:
        assert round(claim("城区空气优良天数") / 365 * 100, 1) == claim("城区空气优良天数比例")

    def test_last_years_figures_lie_below_this_years_promises(self) -> None:
        for indicator in (
            "储备库项目开工转化率",
            "三大主导产业产值",
            "技术合同成交额",
            "农产品加工业产值",
            "实际到位市外资金",
            "森林覆盖率",
            "县域内就诊率",
            "每千人口托位数",
            "“一网通办”事项",
        ):
            promised = [Decimal(str(t["value"])) for t in TARGETS if t["indicator"] == indicator]
            assert promised, indicator
            assert min(promised) > claim(indicator), indicator

    def test_school_places_of_junior_schools_are_part_of_all(self) -> None:
        value = {t["indicator"]: t["value"] for t in TARGETS}
        assert value["新增初中学位"] < value["新增中小学学位"]


class TestPlaces:
    @pytest.mark.parametrize(
        "records",
        [TARGETS, REFERENCES, CLAIMS, PROJECTS, STATIONS, OTHERS],
        ids=lambda r: r[0].get("id", "stations"),
    )
    def test_every_record_quotes_its_place(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            for start, end, text in PAIRS:
                if start in record:
                    assert 0 <= record[start] < record[end]
                    assert TEXT[record[start] : record[end]] == record[text], record

    def test_every_part_of_a_procedure_quotes_its_place(self) -> None:
        for procedure in PROCEDURES:
            home = procedure["definition"] or procedure["body"]
            inner = [*procedure["stages"], *procedure["members"], *procedure["limits"]]
            for place in (home, *inner, *procedure["uses"]):
                assert TEXT[place["start"] : place["end"]] == place["text"], procedure["name"]
            for place in inner:
                assert home["start"] <= place["start"] < place["end"] <= home["end"], procedure["name"]
            for group in ("stages", "members", "limits"):
                starts = [place["start"] for place in procedure[group]]
                assert starts == sorted(starts), procedure["name"]

    @pytest.mark.parametrize("records", [TARGETS, CLAIMS], ids=["targets", "claims"])
    def test_numbers_lie_inside_their_clauses_and_in_text_order(self, records: list[dict[str, Any]]) -> None:
        for record in records:
            assert record["start"] <= record["num_start"] < record["num_end"] <= record["end"], record["id"]
        starts = [record["num_start"] for record in records]
        assert starts == sorted(starts)

    def test_ids_are_numbered_without_gaps(self) -> None:
        for prefix, records in zip(
            "TRAPQN", (TARGETS, REFERENCES, CLAIMS, PROJECTS, PROCEDURES, OTHERS), strict=True
        ):
            assert [r["id"] for r in records] == [f"{prefix}{n:03d}" for n in range(1, len(records) + 1)]

    def test_targets_stand_in_the_forward_part_and_claims_in_the_review(self) -> None:
        for target in TARGETS:
            assert target["start"] > FORWARD
            assert target["section"] == ("glossary" if target["start"] > GLOSSARY else "body")
        assert all(record["end"] < FORWARD for record in CLAIMS)


class TestTargets:
    def test_fields_hold_the_words_of_the_model(self) -> None:
        for target in TARGETS + CLAIMS:
            Comparator(target["comparator"])
            TargetKind(target["kind"])
            assert isinstance(target["value"], int | float)
            assert ("value2" in target) == (target["comparator"] == "range")

    def test_written_digits_are_the_value(self) -> None:
        for target in TARGETS + CLAIMS:
            digits = re.findall(r"\d+(?:\.\d+)?", target["num_text"])
            if digits and not target["num_text"].startswith("半"):
                stated = [target["value"], *([target["value2"]] if "value2" in target else [])]
                assert [float(d) for d in digits] == [float(v) for v in stated], target["id"]
                assert (
                    target["unit"].removeprefix("个") in target["num_text"] or target["unit"] == "工作日"
                ), target["id"]

    def test_words_of_strength_and_deadlines_are_in_the_text_before_the_number(self) -> None:
        for target in TARGETS:
            sentence = TEXT[max(TEXT.rfind(mark, 0, target["start"]) for mark in "。\n") : target["end"] + 30]
            assert target["modal"] in sentence, target["id"]
            assert target["deadline"] in sentence, target["id"]

    @pytest.mark.parametrize("word", ["以上", "以内", "左右", "高于", "低于", "不少于", "不低于", "不超过"])
    def test_a_word_of_comparison_beside_the_number_is_not_read_as_equal(self, word: str) -> None:
        beside = [
            t
            for t in TARGETS
            if TEXT.startswith(word, t["num_end"]) or TEXT.endswith(word, 0, t["num_start"])
        ]
        assert beside
        assert [t["id"] for t in beside if t["comparator"] == "eq"] == []


class TestEveryNumberIsAccountedFor:
    NUMBER = re.compile(r"[0-9]+|[一二三四五六七八九十百千万亿两半零]+")

    def test_a_number_of_the_forward_part_is_a_target_or_explained(self) -> None:
        known: set[int] = set()
        for record in TARGETS:
            known.update(range(record["num_start"], record["num_end"]))
        for record in OTHERS:
            known.update(range(record["start"], record["end"]))
        missing = [
            TEXT[m.start() - 8 : m.end() + 8]
            for m in self.NUMBER.finditer(TEXT, FORWARD)
            if not known.intersection(range(m.start(), m.end()))
        ]
        assert missing == []

    def test_no_explained_number_is_a_target_as_well(self) -> None:
        for target in TARGETS:
            for other in OTHERS:
                apart = other["end"] <= target["num_start"] or target["num_end"] <= other["start"]
                assert apart, (target["id"], other["id"])

    def test_reasons_are_words_of_the_model(self) -> None:
        for other in OTHERS:
            NumberKind(other["kind"])
            assert other["why"]


class TestGlossary:
    def test_every_entry_is_a_procedure_or_a_plain_term(self) -> None:
        defined = [p["name"] for p in PROCEDURES if p["definition"]]
        assert sorted(defined + MACHINERY["plain_terms"]) == sorted(entries())
        assert 35 <= len(entries()) <= 45

    def test_every_entry_is_used_in_the_report(self) -> None:
        assert [name for name in entries() if name not in TEXT[:GLOSSARY]] == ["工程审批“60、35、20”"]
        assert "工程建设项目审批时限压减至“60、35、20”" in TEXT[:GLOSSARY]

    def test_declared_counts_are_kept(self) -> None:
        for procedure in PROCEDURES:
            declared = procedure["declared_count"]
            sizes = {len(procedure[group]) for group in ("stages", "members", "limits", "strikes")}
            if (
                procedure["name"] == "企业开办“2+1+0”"
            ):  # the name counts by its digits; two more limits are parts
                assert [limit["value"] for limit in procedure["limits"][:3]] == [2, 1, 0]
                continue
            assert declared is None or declared in sizes, procedure["name"]

    @pytest.mark.parametrize(
        ("name", "count"),
        [
            ("八步走", 8),
            ("三谈四看三查", 3 + 4 + 3),
            ("三库", 3),
            ("四个一批", 4),
            ("一核两带三组团", 1 + 2 + 3),
            ("三湖五河", 3 + 5),
            ("一江两岸", 1 + 2),
            ("两品一标", 2 + 1),
            ("三重一大", 3 + 1),
            ("四项攻坚", 4),
            ("四乱", 4),
            ("三保", 3),
        ],
    )
    def test_a_name_that_counts_declares_the_sum_of_its_numerals(self, name: str, count: int) -> None:
        procedure = next(p for p in PROCEDURES if p["name"] == name)
        assert procedure["declared_count"] == count
        assert len(procedure["stages"]) + len(procedure["members"]) == count

    def test_kinds_are_words_of_the_model(self) -> None:
        for procedure in PROCEDURES:
            ProcedureKind(procedure["kind"])
            for limit in procedure["limits"]:
                Comparator(limit["comparator"])
                DayType(limit["day_type"])
            for strike in procedure["strikes"]:
                Beat(strike["beat"])
                assert strike["act"] in procedure["name"]

    def test_the_newer_limits_are_shorter_than_those_they_replace(self) -> None:
        by_name = {p["name"]: p for p in PROCEDURES}
        newer = [p for p in PROCEDURES if p["supersedes"]]
        assert newer
        for procedure in newer:
            older = by_name[procedure["supersedes"]]
            for late, early in zip(procedure["limits"], older["limits"], strict=True):
                assert late["subject"] == early["subject"]
                assert late["value"] < early["value"]

    def test_the_river_sections_lie_on_rivers_that_the_report_names(self) -> None:
        waters = entries()["三湖五河"] + "云澜江"
        assert [s["name"] for s in STATIONS if s["river"] not in waters] == []


class TestProjects:
    def test_kinds_and_stages_are_words_of_the_model(self) -> None:
        for project in PROJECTS:
            ProjectKind(project["kind"])
            ProjectStage(project["stage"])
            assert project["clause_start"] <= project["start"] < project["end"] <= project["clause_end"]
            assert project["deadline"] in project["clause"], project["id"]

    def test_members_stand_in_the_clause_of_their_count(self) -> None:
        by_id = {t["id"]: t for t in TARGETS}
        members = [p for p in PROJECTS if p["member_of"]]
        assert members
        for project in members:
            count = by_id[project["member_of"]]
            assert project["clause_start"] <= count["num_start"] < project["clause_end"], project["id"]

    def test_a_list_without_more_names_as_many_as_it_counts(self) -> None:
        for target in TARGETS:
            named = [p for p in PROJECTS if p["member_of"] == target["id"]]
            if named and "等" not in target["text"]:
                assert len(named) == target["value"], target["id"]
