"""A BPMN 2.0 drawing as the draft of a procedure.

Understood are one process with one start, ends, tasks of any kind, exclusive gateways for choices and parallel gateways that open and join around single tasks. Lanes name
units. What this package wrote itself comes back whole; a drawing of another tool gives stages, ways and outcomes, and a person completes it.

Limits:
    Sub-processes, events inside the way, inclusive and event-based gateways and loops are refused with their identity, not guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec
from lxml import etree

from luoshi.kernel.diagnostic import Diagnostic, Severity
from luoshi.register.fault import RegisterError
from luoshi.register.procedure.bpmn.names import (
    BPMN,
    END,
    EXCLUSIVE,
    FLOW,
    IGNORED,
    LOOPS,
    PARALLEL,
    START,
    TASKS,
    bpmn,
    own,
)
from luoshi.register.procedure.model import Move, Origin, Outcome, Procedure, Stage, Task

_LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Node:
    id: str
    kind: str
    name: str
    extension: str


@dataclass(slots=True)
class _Graph:
    nodes: dict[str, _Node] = field(default_factory=dict)
    out: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    into: dict[str, int] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    faults: list[Diagnostic] = field(default_factory=list)

    def fault(self, code: str, **parameters: str) -> None:
        self.faults.append(Diagnostic(code=code, severity=Severity.ERROR, parameters=parameters))

    def kind(self, node: str) -> str:
        return self.nodes[node].kind


def read(data: bytes, *, name: str = "") -> tuple[Procedure | None, tuple[Diagnostic, ...]]:
    """Read a drawing.

    Args:
        data: The file.
        name: Name of the file, where the process has none.

    Returns:
        The draft; or None and what is wrong (R321 to R324).

    Raises:
        RegisterError: The file is no BPMN 2.0 drawing (R320).
    """
    process = _process(data)
    graph = _graph(process)
    starts = [node.id for node in graph.nodes.values() if node.kind == START]
    if len(starts) != 1:
        graph.fault("R322", count=str(len(starts)))
    if graph.faults:
        return None, tuple(graph.faults)
    found = _procedure(graph, starts[0], process, name)
    return (None, tuple(graph.faults)) if graph.faults else (found, ())


def _process(data: bytes) -> etree._Element:
    if len(data) > _LARGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise RegisterError("R320")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RegisterError("R320") from error
    process = root.find(bpmn("process"))
    if root.tag != bpmn("definitions") or process is None:
        raise RegisterError("R320")
    return process


def _graph(process: etree._Element) -> _Graph:
    graph = _Graph()
    flows = []
    for element in process:
        if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{BPMN}}}"):
            continue
        kind = etree.QName(element).localname
        if kind == FLOW:
            flows.append(element)
        elif kind in TASKS or kind in (EXCLUSIVE, PARALLEL, START, END):
            node = _Node(element.get("id", ""), kind, _plain(element.get("name", "")), _extension(element))
            graph.nodes[node.id] = node
            graph.out[node.id] = []
            graph.into[node.id] = 0
            if any(element.find(bpmn(loop)) is not None for loop in LOOPS):
                graph.fault("R321", element="loop", id=node.id)
        elif kind not in IGNORED:
            graph.fault("R321", element=kind, id=element.get("id", ""))
    for flow in flows:
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        if source not in graph.nodes or target not in graph.nodes:
            if not graph.faults:
                graph.fault("R323", id=flow.get("id", ""))
            continue
        graph.out[source].append((target, _plain(flow.get("name", ""))))
        graph.into[target] += 1
    for lane in process.iter(bpmn("lane")):
        for held in lane.findall(bpmn("flowNodeRef")):
            graph.lanes[(held.text or "").strip()] = _plain(lane.get("name", ""))
    return graph


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _extension(element: etree._Element) -> str:
    held = element.find(f"{bpmn('extensionElements')}/{own('stage')}")
    return held.text or "" if held is not None else ""


def _procedure(graph: _Graph, start: str, process: etree._Element, name: str) -> Procedure | None:
    stages: dict[str, Stage] = {}
    moves: list[Move] = []
    outcomes: dict[str, tuple[Outcome, list[str]]] = {}
    first = _onward(graph, start)
    waiting = [node for node, _name in first if graph.kind(node) != END]
    while waiting:
        node = waiting.pop(0)
        if node in stages:
            continue
        stage, leave = _stage(graph, node)
        if stage is None:
            return None
        stages[node] = stage
        onward = _onward(graph, leave)
        if not onward:
            graph.fault("R323", id=leave)
        for target, told in onward:
            if graph.kind(target) == END:
                key = target.rsplit("__end_", 1)[-1]
                _outcome, froms = outcomes.setdefault(
                    key, (Outcome(key=key, name=graph.nodes[target].name or told or "办结"), [])
                )
                froms.append(node)
            else:
                moves.append(Move(source=node, target=target, name=told))
                waiting.append(target)
    for one in graph.nodes.values():
        is_drawn = one.id in stages or any(_has_task(graph, key, one.id) for key in stages)
        if one.kind in TASKS and not is_drawn:
            graph.fault("R323", id=one.id)
    if graph.faults or not stages:
        return None
    keys = {node: stage.key for node, stage in stages.items()}
    ways = tuple(
        msgspec.structs.replace(
            way,
            source=keys[way.source],
            target=keys[way.target],
            name="" if way.name == stages[way.target].name else way.name,
        )
        for way in moves
    )
    whole = _whole(process)
    ended = tuple(
        msgspec.structs.replace(outcome, stages=tuple(keys[node] for node in froms))
        for outcome, froms in outcomes.values()
    )
    if whole is not None:
        return _as_written(whole, tuple(stages.values()), ways, ended)
    return Procedure(
        key=process.get("id", "") or "drawing",
        name=_plain(process.get("name", "")) or name or "流程",
        noun="办件",
        noun_en="case",
        origin=Origin.DRAWING,
        source=name,
        stages=tuple(stages.values()),
        moves=ways,
        outcomes=ended,
        prefix="BJ",
    )


def _onward(graph: _Graph, node: str) -> list[tuple[str, str]]:
    """Return what follows a node behind exclusive gateways: stages and ends, with the name of the last named flow on the way."""
    found: list[tuple[str, str]] = []
    seen: set[str] = set()

    def follow(here: str, told: str) -> None:
        for target, name in graph.out[here]:
            if graph.kind(target) == EXCLUSIVE:
                if target not in seen:
                    seen.add(target)
                    follow(target, name or told)
            else:
                found.append((target, name or told))

    follow(node, "")
    return list(dict.fromkeys(found))


def _stage(graph: _Graph, node: str) -> tuple[Stage | None, str]:
    """Return the stage that begins at a node, and the node at which it is left."""
    one = graph.nodes[node]
    kept = _kept(one)
    if one.kind in TASKS:
        if kept is not None:
            return msgspec.structs.replace(kept, name=one.name or kept.name), node
        return Stage(key=node, name=one.name or node, unit=graph.lanes.get(node, "")), node
    if one.kind != PARALLEL:
        graph.fault("R323", id=node)
        return None, node
    joins = {target for task, _name in graph.out[node] for target, _told in graph.out[task]}
    tasks = [task for task, _name in graph.out[node]]
    join = next(iter(joins), "")
    is_sound = (
        len(joins) == 1
        and graph.kind(join) == PARALLEL
        and graph.into[join] == len(tasks)
        and all(
            graph.kind(task) in TASKS and len(graph.out[task]) == 1 and graph.into[task] == 1
            for task in tasks
        )
    )
    if not is_sound:
        graph.fault("R324", id=node)
        return None, node
    if kept is not None:
        return msgspec.structs.replace(kept, name=one.name or kept.name), join
    drawn = tuple(
        Task(key=task, name=graph.nodes[task].name or task, unit=graph.lanes.get(task, "")) for task in tasks
    )
    return Stage(key=node, name=one.name or "并联办理", unit=graph.lanes.get(node, ""), tasks=drawn), join


def _has_task(graph: _Graph, stage: str, task: str) -> bool:
    return graph.kind(stage) == PARALLEL and any(target == task for target, _name in graph.out[stage])


def _kept(node: _Node) -> Stage | None:
    if not node.extension:
        return None
    try:
        return msgspec.json.decode(node.extension, type=Stage)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None


def _whole(process: etree._Element) -> Procedure | None:
    held = process.find(f"{bpmn('extensionElements')}/{own('procedure')}")
    if held is None or not held.text:
        return None
    try:
        return msgspec.json.decode(held.text, type=Procedure)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None


def _as_written(
    whole: Procedure, stages: tuple[Stage, ...], ways: tuple[Move, ...], ended: tuple[Outcome, ...]
) -> Procedure:
    """Return a procedure that this package wrote, with the way as it is drawn now."""
    known = {outcome.key: outcome for outcome in whole.outcomes}
    everywhere = {stage.key for stage in stages}
    outcomes = []
    for outcome in ended:
        before = known.get(outcome.key, outcome)
        froms = () if not before.stages and set(outcome.stages) == everywhere else outcome.stages
        outcomes.append(msgspec.structs.replace(before, stages=froms))
    order = {outcome.key: place for place, outcome in enumerate(whole.outcomes)}
    outcomes.sort(key=lambda outcome: order.get(outcome.key, len(order)))
    in_line = tuple(Move(source=one.key, target=two.key) for one, two in pairwise(stages))
    told = {(way.source, way.target): way.needs_reason for way in whole.moves}
    moves = tuple(
        msgspec.structs.replace(way, needs_reason=told.get((way.source, way.target), False)) for way in ways
    )
    is_plain = ways == in_line and not whole.moves
    return msgspec.structs.replace(
        whole, stages=stages, moves=() if is_plain else moves, outcomes=tuple(outcomes)
    )
