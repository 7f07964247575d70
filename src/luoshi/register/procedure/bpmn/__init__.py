"""Procedures as BPMN 2.0 drawings (流程图), written and read."""

from luoshi.register.procedure.bpmn.reading import read
from luoshi.register.procedure.bpmn.writing import write

__all__ = ["read", "write"]
