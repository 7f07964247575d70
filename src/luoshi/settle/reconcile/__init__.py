"""Reconciliation (兑现核对): next year's claims are matched to this year's commitments, each pair with a proposed reading."""

from luoshi.settle.reconcile.model import Finding, Outcome, Pair, Reconciliation
from luoshi.settle.reconcile.reconciliation import reconcile

__all__ = ["Finding", "Outcome", "Pair", "Reconciliation", "reconcile"]
