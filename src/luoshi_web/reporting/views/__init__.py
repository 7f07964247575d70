"""Screens of the year of delivery, one module a group."""

from luoshi_web.reporting.views import acts, bulk, commitment, evidence, handling, ledger, report, work

__all__ = ["acts", "bulk", "commitment", "evidence", "handling", "ledger", "report", "work"]
