"""Work of the mails that runs in the background (后台任务), whoever runs it."""

from __future__ import annotations

from luoshi_web.mail import services


def send_waiting() -> int:
    """Send the mails that wait; return how many were sent."""
    return services.send_waiting()
