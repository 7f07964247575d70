"""Screens for those who look at the whole year."""

from luoshi_web.board.views import leader, lights, months, unit, wall

__all__ = ["leader", "lights", "months", "unit", "wall"]
