"""Digests and identities that depend on content alone."""

from __future__ import annotations

import hashlib


def digest(text: str) -> str:
    """Return ``sha256:`` and the hex digest of the text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


class Minter:
    """Mints identities from content, the same for the same texts in the same order.

    Two items with the same content get different identities: the second one is numbered. So an
    identity survives a recompilation as long as its text does, wherever it moved.

    Example:
        >>> minter = Minter()
        >>> a, b = minter.mint("c", "新建学校3所"), minter.mint("c", "新建学校3所")
        >>> a != b and a == Minter().mint("c", "新建学校3所")
        True
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], int] = {}

    def mint(self, prefix: str, *parts: str) -> str:
        """Return `prefix`, a hyphen and ten hexadecimal digits."""
        key = (prefix, *parts)
        ordinal = self._seen.get(key, 0)
        self._seen[key] = ordinal + 1
        content = "\x1f".join((*key, str(ordinal)))
        return f"{prefix}-{hashlib.sha256(content.encode()).hexdigest()[:10]}"
