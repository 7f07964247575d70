"""Approvals of engineering projects (工程审批): four stages, classes with limits of the whole, what is not counted."""

from luoshi.packs.approvals.figures import COMPUTES
from luoshi.register.pack import load

PACK = load(__name__, COMPUTES)
