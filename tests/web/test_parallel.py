"""Many people at once, in real requests against a real server: nothing is lost, nothing is counted twice, the chain holds."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from real_site import Person, real_site

EACH = 12
REPORTS = """
import django, json; django.setup()
from luoshi_web.ledger.selectors import entries_after
from luoshi_web.reporting.selectors import year_of
year = year_of({pk})
reports = [[r.period, f.state.value, f.entry, f.fact.is_unchanged] for l in year.reports for r in year.reports[l].values() for f in r.filings]
entries = entries_after({pk}, 0)
print(json.dumps({{"reports": reports, "numbers": [e.number for e in entries], "facts": [e.fact for e in entries]}}))
"""


def ledger_of(site):
    code = REPORTS.format(pk=site.plan_year)
    done = subprocess.run(
        [sys.executable, "-c", code], env=site.environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_people_who_submit_approve_and_correct_at_once_lose_nothing(tmp_path):
    with real_site(tmp_path) as site, site.served() as (address, _process):
        base = f"/plans/{site.plan_year}/delivery/"
        school, industry = site.lineages["学校建设"], site.lineages["工业增长和规上企业培育"]
        done = []

        def keep(name, roster, mark):
            person = Person(address, name)
            for number in range(EACH):
                fields = {"name": f"{mark}{number}", "state": "done", "done": "2026-02-03"}
                answer = person.post(f"{base}rosters/{roster}/item/", fields, file=f"{mark}{number}的验收单")
                assert answer[0] == 302, answer[1]
                done.append((roster, f"{mark}{number}"))

        def accept(name, roster):
            person = Person(address, name)
            for _turn in range(6):
                status, text = person.get(f"{base}rosters/{roster}/?state=done")
                assert status == 200
                items = re.findall(r'name="item" value="([^"]+)"', text)
                if items:
                    assert person.post(f"{base}rosters/{roster}/accept/", {"item": items})[0] in (302, 422)

        def report(name, lineage, fields):
            """File, correct and file again: while a head may have passed it meanwhile."""
            person = Person(address, name)
            answers = []
            for turn in range(4):
                path = f"{base}commitments/{lineage}/reports/2026-01/"
                answers.append(person.post(path, {"act": "file", "progress": f"{name} {turn}"} | fields)[0])
            return answers

        def head(name, unit, lineage):
            person = Person(address, name)
            for _turn in range(5):
                _status, text = person.get(f"{base}commitments/{lineage}/")
                filings = re.findall(r'name="filing" value="(\d+)"', text)
                for filing in filings[:1]:
                    assert person.post(f"{base}acts/pass/", {"unit": unit, "filing": filing})[0] in (302, 422)

        def hold(name, unit, lineage):
            """The head gives reports back, so that they are corrected while others correct them."""
            person = Person(address, name)
            for _turn in range(8):
                _status, text = person.get(f"{base}commitments/{lineage}/")
                for filing in re.findall(r'name="filing" value="(\d+)"', text)[:1]:
                    fields = {"unit": unit, "filing": filing, "reason": "再核"}
                    assert person.post(f"{base}acts/hold/", fields)[0] in (302, 422)

        schools = {"value-t-schools": "0", "value-t-places": "0"}
        with ThreadPoolExecutor(10) as pool:
            running = [
                pool.submit(keep, "education-liaison", "r-schools", "甲"),
                pool.submit(keep, "education-second", "r-schools", "乙"),
                pool.submit(keep, "industry-liaison", "r-firms", "丙"),
                pool.submit(accept, "education-head", "r-schools"),
                pool.submit(accept, "industry-head", "r-firms"),
                # Two people correct the same report of the same unit at once.
                pool.submit(report, "education-liaison", school, schools),
                pool.submit(report, "education-second", school, schools),
                pool.submit(report, "industry-liaison", industry, {"value-t-firms": "1"}),
                pool.submit(hold, "education-head", "市教育局", school),
                pool.submit(head, "industry-head", "市经信局", industry),
            ]
            answers = [one.result(timeout=120) for one in running]

        assert site.verified()["faults"] == []
        for roster in ("r-schools", "r-firms"):
            names = site.items(roster)
            assert {name for where, name in done if where == roster} <= set(names)
        assert len(done) == 3 * EACH
        ledger = ledger_of(site)
        assert ledger["numbers"] == list(range(1, len(ledger["numbers"]) + 1))
        # Every report that was taken is an entry, and no other is; a correction that came too late was refused with a sentence.
        taken = [status for one in answers if one for status in one]
        assert set(taken) <= {302, 422}
        assert taken.count(302) == len(ledger["reports"]) == ledger["facts"].count("report_filed")
        assert taken.count(302) >= 2
        # The supervisor accepts one report twice at once: it is accepted once.
        head("industry-head", "市经信局", industry)
        (filing,) = [
            entry for _period, state, entry, _same in ledger_of(site)["reports"] if state == "passed"
        ]
        supervisors = [Person(address, "supervisor") for _one in range(2)]
        with ThreadPoolExecutor(2) as pool:
            both = list(
                pool.map(lambda one: one.post(f"{base}acts/accept/", {"filing": filing})[0], supervisors)
            )
        assert sorted(both) == [302, 422]
        assert ledger_of(site)["facts"].count("report_accepted") == 1
        assert site.verified()["faults"] == []
