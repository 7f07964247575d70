"""What stops a corpus from being compiled at all; a bad report never does (codes X0xx)."""

from __future__ import annotations

from luoshi.kernel.errors import LuoshiError


class CorpusError(LuoshiError):
    """The sources, the folder of the tables or the cluster cannot be used."""


def require_extra(*modules: str) -> None:
    """Make sure that the extra ``corpus`` is installed.

    Raises:
        CorpusError: One of `modules` is missing (X001).
    """
    from importlib.util import find_spec

    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise CorpusError("X001", {"modules": ", ".join(missing)})
