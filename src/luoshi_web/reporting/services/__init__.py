"""Change the year of delivery: each change with its permission, its ledger entries and its line in the audit log."""

from luoshi_web.reporting.services.handling import (
    approve_handling,
    contest,
    decide_contest,
    file_handling,
    return_handling,
    save_handling,
)
from luoshi_web.reporting.services.issuing import publish
from luoshi_web.reporting.services.lights import catch_up, end_override, override_light
from luoshi_web.reporting.services.releases import release_commitment, release_evidence, withdraw_release
from luoshi_web.reporting.services.reports import (
    Stated,
    accept_reports,
    file_reports,
    give_more_time,
    hold_report,
    pass_reports,
    return_report,
    save_report,
)
from luoshi_web.reporting.services.sources import bind_source, fill_reference

__all__ = [
    "Stated",
    "accept_reports",
    "approve_handling",
    "bind_source",
    "catch_up",
    "contest",
    "decide_contest",
    "end_override",
    "file_handling",
    "file_reports",
    "fill_reference",
    "give_more_time",
    "hold_report",
    "override_light",
    "pass_reports",
    "publish",
    "release_commitment",
    "release_evidence",
    "return_handling",
    "return_report",
    "save_handling",
    "save_report",
    "withdraw_release",
]
