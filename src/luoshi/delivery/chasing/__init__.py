"""Chasing (催办督办): who owes what by when, reminders, supervision notices, instructions that become tasks."""
