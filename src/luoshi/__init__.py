"""Luoshi (落实): a government work report becomes the plan of its year.

The domain: no Django, no database, no network, no clock of its own.
"""

__version__ = "0.1.0"
