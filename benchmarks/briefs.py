"""How long does a monthly brief of 300 commitments take: drafted, checked and written as a Word file?

Floor: the same Word file, taken apart and put together again by python-docx. One process, no site and no database.
"""

import argparse
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import msgspec
from measuring import machine

from luoshi.brief.drafting.ledger_sheet import ledger_xlsx
from luoshi.brief.drafting.letterhead import Letterhead
from luoshi.brief.drafting.periodic import draft_brief
from luoshi.brief.drafting.situation import Situation
from luoshi.brief.official.template import faults_of
from luoshi.brief.official.writer import to_docx
from luoshi.cadence.cycle import Frequency
from luoshi.cadence.workday import WorkCalendar
from luoshi.compiler import pipeline
from luoshi.compiler.source import document, read
from luoshi.delivery import issue as issuing
from luoshi.delivery.given import give
from luoshi.delivery.judging import Ground, lights_of
from luoshi.delivery.report import Figure, ReportFiled, ReportPassed
from luoshi.delivery.year import Year, fold
from luoshi.ledger.chain import Author, Head, extend, head_of
from luoshi.ledger.entry import Proposal
from luoshi.plan.model import Plan, Unit
from luoshi.status.rule import rule_on

COMMITMENTS, UNITS = 300, 60
AS_OF = date(2026, 6, 30)
WANTED_SECONDS = 5


def report() -> str:
    """Return a report of an invented county with so many promises."""
    lines = [
        "2026年澄溪县政府工作报告",
        "",
        "一、2025年工作回顾",
        "过去一年，全县新建标准厂房12万平方米。",
        "",
    ]
    lines.append("二、2026年重点工作")
    made = 0
    for section in range(10):
        lines.append(
            f"（{'一二三四五六七八九十'[section]}）抓好第{'一二三四五六七八九十'[section]}方面工作。"
        )
        for _one in range(COMMITMENTS // 10):
            made += 1
            lines.append(f"建成第{made}批农村公路{made % 40 + 12}公里。")
    return "\n".join(lines)


def plan_of() -> Plan:
    """Return the version in force."""
    plan = pipeline.compile_report(document(read(report().encode(), name="2026.txt"), name="2026.txt"))
    units = tuple(Unit(id=f"u-{n}", name=f"县第{n + 1}局") for n in range(UNITS))
    commitments = tuple(
        msgspec.structs.replace(
            one,
            lead_unit=units[n % UNITS].id,
            supporting_units=(),
            lineage=f"L-{n + 1}",
            deadline=one.deadline,
        )
        for n, one in enumerate(plan.commitments)
    )
    return msgspec.structs.replace(plan, version=1, reason="首版", units=units, commitments=commitments)


def situation() -> Situation:
    """Return half a year of monthly reports, with lights given at the end of each month."""
    plan = plan_of()
    ground = Ground({target.id: target for target in plan.targets}, WorkCalendar(), plan.year)
    head, year = Head(scope="澄溪县/2026"), Year()

    def write(proposals: list[Proposal], day: date) -> list[int]:
        nonlocal head, year
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        added = extend(head, proposals, author=Author(), known_at=at, is_simulated=True)
        head, year = head_of(head, added), fold(added, year)
        return [entry.number for entry in added]

    write([issuing.issue(plan, plan_digest="sha256:0", on=date(2026, 1, 20))], date(2026, 1, 20))
    for month in range(1, 7):
        end = (date(2026, month, 28) + timedelta(days=8)).replace(day=1) - timedelta(days=1)
        filed = []
        for n, (lineage, issued) in enumerate(year.issued.items()):
            if n % 20 == 0 and month > 3:
                continue
            share = Decimal(month) / 12 * Decimal(("0.3", "0.8", "1", "1.1")[n % 4])
            figures = tuple(
                Figure(target=one, value=round((ground.targets[one].value or 1) * share, 1))
                for one in issued.targets
            )
            fact = ReportFiled(period=f"2026-{month:02d}", end=end, figures=figures)
            filed.append(Proposal(fact=fact, day=end, lineage=lineage, unit=issued.lead_unit))
        # The last report is taken in on its own last day, so that the brief of that day has it.
        day = min(end + timedelta(days=3), AS_OF)
        numbers = write(filed, day)
        write([Proposal(fact=ReportPassed(report=one), day=day) for one in numbers], day)
        lights = lights_of(year, ground, on=day)
        given = give(year.lights, lights, day=day, rule=rule_on(day).name)
        if given is not None:
            write([given], day)
    return Situation(plan, year, ground, AS_OF, head, since=date(2026, 6, 3))


def least(times: int, what: object) -> tuple[float, object]:
    """Return the least seconds of several runs, and what the last gave."""
    best, made = float("inf"), None
    for _time in range(times):
        started = time.perf_counter()
        made = what()  # type: ignore[operator]
        best = min(best, time.perf_counter() - started)
    return best, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder to write the files into")
    arguments = parser.parse_args()
    print(machine())
    known = situation()
    head = Letterhead(
        unit="澄溪县人民政府办公室",
        sign="澄政督",
        red_head="澄溪县人民政府办公室",
        addressees=("县政府各位领导",),
        copies=("县委办公室", "县人大常委会办公室"),
    )
    print(f"{len(known.items)} commitments, {UNITS} units, {known.head.number} entries")
    # A copy knows nothing of what the run before looked up.
    seconds, made = least(
        arguments.times, lambda: draft_brief(replace(known), head, frequency=Frequency.MONTH)
    )
    drafted = made
    checked, faults = least(arguments.times, lambda: faults_of(drafted))
    written, data = least(arguments.times, lambda: to_docx(drafted))
    sheet, book = least(1, lambda: ledger_xlsx(known))
    from docx import Document

    def again() -> None:
        Document(BytesIO(data)).save(BytesIO())

    floor, _nothing = least(arguments.times, again)
    print(f"figures {len(drafted.figures)}, sources {len(drafted.sources)}, faults {len(faults)}")
    for name, taken in (
        ("floor: python-docx reads and writes the file", floor),
        ("drafting", seconds),
        ("checking references", checked),
        ("writing the Word file", written),
        ("monthly brief, all three", seconds + checked + written),
        ("ledger sheet (xlsx)", sheet),
    ):
        print(f"{name:46}{taken:8.2f} s")
    print(f"Word file {len(data) / 1024:.0f} kB; wanted below {WANTED_SECONDS} s")
    if arguments.keep:
        (arguments.keep / "brief.docx").write_bytes(data)
        (arguments.keep / "ledger.xlsx").write_bytes(book)


if __name__ == "__main__":
    main()
