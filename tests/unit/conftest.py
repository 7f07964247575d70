"""Shared by all unit tests: the small plan of an invented city (`sample_plan`)."""

import pytest
import sample_plan

from luoshi.plan.model import Plan


@pytest.fixture
def plan() -> Plan:
    return sample_plan.draft()
