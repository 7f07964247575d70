"""A procedure as a BPMN 2.0 drawing that other tools open and engines run.

A stage becomes a user task; one with parallel tasks a parallel gateway that opens, a task for each, and one that joins. Where there is more than one way on, an exclusive
gateway asks for the variable ``next``, which holds the key of the stage or outcome. What a drawing has no place for stands in Luoshi's extension elements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from luoshi.register.procedure.bpmn.names import (
    BOUNDS,
    DRAWING,
    POINTS,
    PREFIXES,
    XSI,
    bpmn,
    own,
)
from luoshi.register.procedure.model import Procedure, Stage

_TASK, _GATE, _EVENT = (120, 80), (50, 50), (36, 36)
_COLUMN, _ROW, _MIDDLE = 190, 120, 160


@dataclass(slots=True)
class _Node:
    id: str
    kind: str
    name: str
    column: int
    row: float = 0
    extension: str = ""

    @property
    def size(self) -> tuple[int, int]:
        if self.kind.endswith("Event"):
            return _EVENT
        return _GATE if self.kind.endswith("Gateway") else _TASK

    @property
    def middle(self) -> tuple[int, int]:
        return 100 + self.column * _COLUMN, _MIDDLE + int(self.row * _ROW)


@dataclass(slots=True)
class _Flow:
    source: str
    target: str
    name: str = ""
    asks_for: str = ""


@dataclass(slots=True)
class _Drawing:
    nodes: dict[str, _Node] = field(default_factory=dict)
    flows: list[_Flow] = field(default_factory=list)

    def node(self, id: str, kind: str, name: str, column: int, row: float = 0, extension: str = "") -> str:
        self.nodes[id] = _Node(id, kind, name, column, row, extension)
        return id


def write(procedure: Procedure) -> bytes:
    """Return a procedure as BPMN 2.0 XML with its drawing."""
    drawing = _drawn(procedure)
    root = etree.Element(bpmn("definitions"), nsmap=PREFIXES)
    root.set("id", "definitions")
    root.set("targetNamespace", "urn:luoshi:procedures")
    root.set("exporter", "Luoshi")
    process = etree.SubElement(
        root, bpmn("process"), id=_id(procedure.key), name=procedure.name, isExecutable="true"
    )
    rest = msgspec.structs.replace(procedure, stages=procedure.stages[:1])
    _extend(process, "procedure", msgspec.json.encode(rest).decode())
    incoming, outgoing = defaultdict(list), defaultdict(list)
    for place, flow in enumerate(drawing.flows, 1):
        outgoing[flow.source].append(f"flow{place}")
        incoming[flow.target].append(f"flow{place}")
    for node in drawing.nodes.values():
        element = etree.SubElement(process, bpmn(node.kind), id=node.id, name=node.name)
        if node.extension:
            _extend(element, "stage", node.extension)
        for name, flows in (("incoming", incoming[node.id]), ("outgoing", outgoing[node.id])):
            for flow_id in flows:
                etree.SubElement(element, bpmn(name)).text = flow_id
    for place, flow in enumerate(drawing.flows, 1):
        element = etree.SubElement(
            process, bpmn("sequenceFlow"), id=f"flow{place}", sourceRef=flow.source, targetRef=flow.target
        )
        if flow.name:
            element.set("name", flow.name)
        if flow.asks_for:
            condition = etree.SubElement(element, bpmn("conditionExpression"))
            condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
            condition.text = f"next == '{flow.asks_for}'"
    _draw(root, drawing, _id(procedure.key))
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return found


def _id(key: str) -> str:
    """Return a key as an XML name."""
    plain = re.sub(r"[^\w.-]", "_", key)
    return plain if re.match(r"[^\W\d]", plain) else f"_{plain}"


def _extend(element: etree._Element, name: str, text: str) -> None:
    held = etree.SubElement(element, bpmn("extensionElements"))
    etree.SubElement(held, own(name)).text = text


def _drawn(procedure: Procedure) -> _Drawing:
    drawing = _Drawing()
    sources: dict[str, int] = defaultdict(int)
    for stage in procedure.stages:
        for way in procedure.moves_from(stage.key):
            sources[way.target] += 1
    sources[procedure.stages[0].key] += 1
    column = 1
    begins: dict[str, str] = {}
    ends: dict[str, tuple[str, int]] = {}
    for stage in procedure.stages:
        first = ""
        if sources[stage.key] > 1:
            first = drawing.node(f"{_id(stage.key)}__merge", "exclusiveGateway", "", column)
            column += 1
        enter, leave, column = _stage(drawing, stage, column)
        if first:
            drawing.flows.append(_Flow(first, enter))
        begins[stage.key] = first or enter
        ends[stage.key] = (leave, column)
        if len(procedure.moves_from(stage.key)) + len(procedure.outcomes_from(stage.key)) > 1:
            column += 1
    start = drawing.node("start", "startEvent", f"收到{procedure.noun}", 0)
    drawing.flows.append(_Flow(start, begins[procedure.stages[0].key]))
    for stage in procedure.stages:
        _ways(drawing, procedure, stage, begins, *ends[stage.key])
    return drawing


def _stage(drawing: _Drawing, stage: Stage, column: int) -> tuple[str, str, int]:
    """Draw a stage; return where it is entered, where it is left, and the next free column."""
    key, held = _id(stage.key), msgspec.json.encode(stage).decode()
    if not stage.tasks:
        node = drawing.node(key, "userTask", stage.name, column, extension=held)
        return node, node, column + 1
    if len(stage.tasks) == 1:
        # One branch alone makes no gateway: the task is the stage, and the extension tells the rest.
        node = drawing.node(key, "userTask", stage.name, column, extension=held)
        return node, node, column + 1
    opens = drawing.node(key, "parallelGateway", stage.name, column, extension=held)
    joins = drawing.node(f"{key}__join", "parallelGateway", "", column + 2)
    for place, task in enumerate(stage.tasks):
        node = drawing.node(f"{key}__{_id(task.key)}", "userTask", task.name, column + 1, place)
        drawing.flows += [_Flow(opens, node), _Flow(node, joins)]
    return opens, joins, column + 3


def _ways(
    drawing: _Drawing, procedure: Procedure, stage: Stage, begins: dict[str, str], leave: str, column: int
) -> None:
    ways = procedure.moves_from(stage.key)
    outcomes = procedure.outcomes_from(stage.key)
    is_forked = len(ways) + len(outcomes) > 1
    source = leave
    if is_forked:
        source = drawing.node(f"{_id(stage.key)}__next", "exclusiveGateway", "下一步", column)
        drawing.flows.append(_Flow(leave, source))
    for way in ways:
        name = way.name or procedure.stage(way.target).name
        drawing.flows.append(
            _Flow(source, begins[way.target], name if is_forked else "", way.target if is_forked else "")
        )
    for place, outcome in enumerate(outcomes, 1):
        # Ends stand in rows of their own, so that those of one stage lie below each other.
        row = 3.5 + place if is_forked else 0
        end = drawing.node(f"{_id(stage.key)}__end_{_id(outcome.key)}", "endEvent", outcome.name, column, row)
        drawing.flows.append(
            _Flow(source, end, outcome.name if is_forked else "", outcome.key if is_forked else "")
        )


def _draw(root: etree._Element, drawing: _Drawing, process: str) -> None:
    diagram = etree.SubElement(root, f"{{{DRAWING}}}BPMNDiagram", id="diagram")
    plane = etree.SubElement(diagram, f"{{{DRAWING}}}BPMNPlane", id="plane", bpmnElement=process)
    for node in drawing.nodes.values():
        shape = etree.SubElement(plane, f"{{{DRAWING}}}BPMNShape", id=f"{node.id}_shape", bpmnElement=node.id)
        (x, y), (width, height) = node.middle, node.size
        bounds = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
        etree.SubElement(shape, f"{{{BOUNDS}}}Bounds", {name: str(value) for name, value in bounds.items()})
    for place, flow in enumerate(drawing.flows, 1):
        edge = etree.SubElement(
            plane, f"{{{DRAWING}}}BPMNEdge", id=f"flow{place}_edge", bpmnElement=f"flow{place}"
        )
        for x, y in _line(drawing.nodes[flow.source], drawing.nodes[flow.target]):
            etree.SubElement(edge, f"{{{POINTS}}}waypoint", x=str(x), y=str(y))


def _line(source: _Node, target: _Node) -> list[tuple[int, int]]:
    """Return where a flow bends: straight on, around below for a way back, or down and across."""
    (x1, y1), (x2, y2) = source.middle, target.middle
    if x2 > x1:
        begin, end = (x1 + source.size[0] // 2, y1), (x2 - target.size[0] // 2, y2)
        if y1 == y2:
            over = abs(target.column - source.column) > 1
            if over:
                top = y1 - 90
                return [(x1, y1 - source.size[1] // 2), (x1, top), (x2, top), (x2, y2 - target.size[1] // 2)]
            return [begin, end]
        half = (begin[0] + end[0]) // 2
        return [begin, (half, y1), (half, y2), end]
    if x2 == x1:
        return [(x1, y1 + source.size[1] // 2), (x2, y2 - target.size[1] // 2)]
    top = y1 - 120
    return [(x1, y1 - source.size[1] // 2), (x1, top), (x2, top), (x2, y2 - target.size[1] // 2)]
