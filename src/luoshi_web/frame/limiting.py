"""Limit how often nobody in particular may do something (公开操作频次限制), by network address."""

from __future__ import annotations

from django.core.cache import cache


def is_too_often(what: str, address: str, *, most: int, seconds: int) -> bool:
    """Count one more and tell whether that is more than allowed.

    Each process of the server counts by itself; a proxy in front of several should limit as well.

    Args:
        what: What is done.
        address: Network address; "" is counted as one.
        most: How often it may be done.
        seconds: In how long a time.
    """
    key = f"often:{what}:{address}"
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two calls.
        cache.set(key, 1, seconds)
        return most < 1
