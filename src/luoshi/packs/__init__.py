"""Packs (业务包): one folder a mechanism; deleting a folder takes it away and breaks nothing else."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from luoshi.register.pack import Pack


@cache
def packs() -> dict[str, Pack]:
    """Return the packs that there are, by key; a folder is one as soon as its package has a ``PACK``."""
    found: dict[str, Pack] = {}
    for module in pkgutil.iter_modules(__path__):
        pack: Pack = import_module(f"{__name__}.{module.name}").PACK
        found[pack.key] = pack
    return found
