"""Procedures written as BPMN 2.0 run in an engine that is not ours, from their start to each of their ends."""

import sys
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from luoshi.packs import packs
from luoshi.register.procedure import bpmn

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))
from case_cast import PERMIT

PROCEDURES = [PERMIT, *(one for pack in packs().values() for one in pack.procedures.values())]


def started(procedure, folder):
    file = folder / "drawing.bpmn"
    file.write_bytes(bpmn.write(procedure))
    parser = BpmnParser()
    parser.add_bpmn_file(str(file))
    workflow = BpmnWorkflow(parser.get_spec(parser.get_process_ids()[0]))
    workflow.do_engine_steps()
    return workflow


def waiting(workflow):
    return [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]


def stand(workflow, onward):
    """Do everything that waits, and name the way on; return the names of what was done."""
    done = []
    for task in waiting(workflow):
        task.data["next"] = onward
        done.append(task.task_spec.bpmn_name)
        task.run()
    workflow.do_engine_steps()
    return done


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.key)
def test_a_case_goes_from_the_start_to_a_success(procedure, tmp_path):
    workflow = started(procedure, tmp_path)
    last = next(one for one in procedure.outcomes if one.is_success)
    stages = list(procedure.stages)
    end = procedure.place_of(last.stages[0]) if last.stages else 0
    for place, stage in enumerate(stages[: end + 1]):
        assert not workflow.completed
        onward = last.key if place == end else stages[place + 1].key
        done = stand(workflow, onward)
        assert done == ([task.name for task in stage.tasks] if len(stage.tasks) > 1 else [stage.name])
    assert workflow.completed


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda one: one.key)
def test_a_case_can_end_early_where_the_procedure_says_so(procedure, tmp_path):
    early = [one for one in procedure.outcomes if not one.stages]
    for outcome in early:
        workflow = started(procedure, tmp_path)
        stand(workflow, outcome.key)
        assert workflow.completed
