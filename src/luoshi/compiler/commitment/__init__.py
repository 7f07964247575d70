"""Commitments (目标任务): the promises of a report, each what a supervisor would put on one row."""

from luoshi.compiler.commitment.build import CommitmentReading, from_outline

__all__ = ["CommitmentReading", "from_outline"]
