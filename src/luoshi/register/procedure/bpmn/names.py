"""Namespaces and names of BPMN 2.0 (OMG formal/2011-01-03, also ISO/IEC 19510:2013), and Luoshi's own extension."""

from __future__ import annotations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OWN = "urn:luoshi:procedure:1"
PREFIXES = {"bpmn": BPMN, "bpmndi": DRAWING, "dc": BOUNDS, "di": POINTS, "xsi": XSI, "luoshi": OWN}

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
    }
)
EXCLUSIVE, PARALLEL, START, END, FLOW = (
    "exclusiveGateway",
    "parallelGateway",
    "startEvent",
    "endEvent",
    "sequenceFlow",
)
"""What else of a drawing is understood."""
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
"""Marks of a task that is done more than once, which no stage is."""
IGNORED = frozenset(
    {"extensionElements", "documentation", "laneSet", "textAnnotation", "association", "ioSpecification", "property",
     "dataObject", "dataObjectReference", "dataStoreReference", "group", "auditing", "monitoring"}
)  # fmt: skip
"""Parts of a drawing that say nothing about its way."""


def bpmn(name: str) -> str:
    """Return the qualified name of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def own(name: str) -> str:
    """Return the qualified name of an element of Luoshi's extension."""
    return f"{{{OWN}}}{name}"
