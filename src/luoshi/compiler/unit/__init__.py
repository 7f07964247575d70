"""Responsible units (责任单位): who leads a task and who supports, with confidence and reason."""

from luoshi.compiler.unit.assign import assign
from luoshi.compiler.unit.line import assign_lines
from luoshi.compiler.unit.model import Assignment, Candidate
from luoshi.compiler.unit.name import Roll, roll
from luoshi.compiler.unit.propose import Proposal, propose

__all__ = ["Assignment", "Candidate", "Proposal", "Roll", "assign", "assign_lines", "propose", "roll"]
