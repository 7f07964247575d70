"""Pytest plugin: a skipped test is a failed one (LUOSHI_REQUIRE_ALL=1)."""


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests were skipped, and LUOSHI_REQUIRE_ALL is set", red=True
        )


def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    # The processes that share the work out report to the first one, which alone has a terminal.
    if reporter is not None and exitstatus == 0 and reporter.stats.get("skipped"):
        session.exitstatus = 1
