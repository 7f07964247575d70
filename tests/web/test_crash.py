"""A process that is killed in the middle of 200 submissions: the ledger is sound, and what was acknowledged is in it."""

from concurrent.futures import ThreadPoolExecutor, wait

from real_site import Person, real_site, wait_until

SUBMISSIONS = 200
KILLED_AFTER = 60


def test_a_killed_process_loses_nothing_that_was_acknowledged(tmp_path):
    with real_site(tmp_path) as site:
        acknowledged, sent = [], []
        with site.served() as (address, process):
            people = [Person(address, name) for name in ("education-liaison", "education-second")]
            path = f"/plans/{site.plan_year}/delivery/rosters/r-schools/item/"

            def submit(number):
                name = f"第{number}所学校"
                sent.append(name)
                try:
                    status, _text = people[number % 2].post(path, {"name": name, "state": "planned"})
                except OSError:
                    return
                if status == 302:
                    acknowledged.append(name)

            with ThreadPoolExecutor(2) as pool:
                running = [pool.submit(submit, number) for number in range(SUBMISSIONS)]
                wait_until(lambda: len(acknowledged) >= KILLED_AFTER, 60)
                process.kill()
                wait(running, timeout=60)
        assert KILLED_AFTER <= len(acknowledged) < SUBMISSIONS
        told = site.verified()
        assert told["faults"] == []
        assert set(acknowledged) <= set(site.items("r-schools"))
        # It is served again as if nothing had been.
        with site.served() as (address, _process):
            person = Person(address, "education-liaison")
            status, text = person.get(f"/plans/{site.plan_year}/delivery/rosters/r-schools/")
            assert status == 200
            assert all(name in text for name in acknowledged)
            assert person.post(path, {"name": "再来一所", "state": "planned"})[0] == 302
        assert "再来一所" in site.items("r-schools")
        assert site.verified()["entries"] > told["entries"]
