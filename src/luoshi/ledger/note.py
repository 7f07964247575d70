"""Notes (附言): what people write freely, kept outside the chain so that it can be erased.

The chain holds a salted digest. As long as the text is kept, anyone can check that it is the one that
was written; once text and salt are erased, the digest tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec


class NoteRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A note as the chain holds it: the digest of its salt and text, and how long it was.

    Attributes:
        digest: ``sha256:`` and the hex digest of salt, a line feed and the text in UTF-8.
        length: Characters of the text; 0 for no text.
    """

    digest: str
    length: int


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A note with its text: what the erasable table holds."""

    salt: str
    text: str

    @property
    def ref(self) -> NoteRef:
        """The note as the chain holds it."""
        return NoteRef(digest=_digest(self.salt, self.text), length=len(self.text))

    def is_of(self, ref: NoteRef) -> bool:
        """Tell whether this is the text that `ref` stands for."""
        return hmac.compare_digest(self.ref.digest, ref.digest)


def _digest(salt: str, text: str) -> str:
    return "sha256:" + hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
