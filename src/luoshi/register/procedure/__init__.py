"""Procedures (流程): the stages that cases go through, as data."""
