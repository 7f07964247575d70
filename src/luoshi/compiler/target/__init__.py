"""Targets (量化指标): numbers that a report promises, and what its other numbers are."""

from luoshi.compiler.target.build import TargetReading, from_outline
from luoshi.compiler.target.record import Record, records

__all__ = ["Record", "TargetReading", "from_outline", "records"]
