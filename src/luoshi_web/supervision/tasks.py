"""Work of supervision that runs in the background (后台任务), whoever runs it."""

from __future__ import annotations

import logging

from luoshi_web.ledger.selectors import every_ledger
from luoshi_web.supervision.services.daily import catch_up
from luoshi_web.workdays.selectors import look

_LOG = logging.getLogger("luoshi.background")


def catch_up_every_year() -> int:
    """Do for every plan-year what has to be done when a day ended; return for how many days lights were given.

    Every plan-year is a matter of its own: where one fails, the others are done, and the next hour tries again. Several processes at once do nothing twice, because each step locks the ledger that it writes into.
    """
    look()
    days = 0
    for row in every_ledger():
        try:
            days += catch_up(row.pk)
        except Exception:
            _LOG.exception("what was due in %s could not be done", row)
    return days
