"""A bar for long work (进度条), on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on the terminal's error stream while work goes on; nothing where that is no terminal.

    Yields:
        A function that takes the words for the present step and the share done, 0 to 1.
    """
    if not sys.stderr.isatty():
        yield lambda step, share: None
        return
    with click.progressbar(length=1000, label=label, file=sys.stderr, show_eta=False) as bar:

        def tell(step: str, share: float) -> None:
            bar.label = f"{label} · {step}" if step else label
            bar.update(max(0, round(share * 1000) - bar.pos))

        yield tell
