"""Registers (登记): records of the work itself, and the observations that they give."""
