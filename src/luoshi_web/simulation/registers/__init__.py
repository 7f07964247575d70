"""The registers of the simulated year (模拟登记簿): projects that slip, leads that die, approvals that pause, cases that come and go."""

from luoshi_web.simulation.registers.opening import open_registers

__all__ = ["open_registers"]
