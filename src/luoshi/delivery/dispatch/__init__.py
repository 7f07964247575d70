"""Dispatch meetings (调度): an agenda that is computed, minutes, decisions that become tasks."""
