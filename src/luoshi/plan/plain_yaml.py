"""Plain YAML (YAML 文件): texts, lists and mappings only, built from the parser's events.

No tag is resolved, so no tag can do anything; anchors and aliases are refused, so nothing can multiply.
A scalar stays the text that was written (``2026``, ``0.30``, ``no``), but for a bare ``null``, ``~`` or nothing.
"""

from __future__ import annotations

from typing import Any

import yaml

from luoshi.plan.fault import RefusedPlanError, fault

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NULLS = ("", "~", "null", "Null", "NULL")


class _Writer(_Dumper):  # type: ignore[misc]
    """Writes texts of several lines as blocks, so that a source stays readable."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(writer: Any, text: str) -> Any:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Writer.add_representer(str, _represent_text)


def dump(value: object) -> bytes:
    """Return `value`, made of plain values, as YAML in UTF-8."""
    written = yaml.dump(
        value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10_000, encoding="utf-8"
    )
    return bytes(written)


def load(data: bytes, *, most_values: int, most_depth: int) -> object:
    """Return the one document in `data` as dictionaries, lists, texts and None.

    Raises:
        RefusedPlanError: It is not YAML in UTF-8, or holds a tag, an anchor, an alias, a field twice, a second
            document, or more values or levels than allowed.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal("P102", format="UTF-8", line=line, detail=f"0x{data[error.start]:02X}") from None
    builder = _Builder(most_values, most_depth)
    try:
        for event in yaml.parse(text, Loader=_Parser):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refusal("P102", format="YAML", line=line, detail=error.problem or "") from None
    except yaml.YAMLError as error:
        raise _refusal("P102", format="YAML", line=1, detail=str(error)) from None
    return builder.value


class _Builder:
    """Builds plain values from events; `value` is the document once all were taken."""

    def __init__(self, most_values: int, most_depth: int) -> None:
        self.value: object = None
        self._most_values = most_values
        self._most_depth = most_depth
        self._values = 0
        self._documents = 0
        self._open: list[list[Any] | dict[str, Any]] = []
        self._keys: list[str | None] = []

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise _refusal("P102", format="YAML", line=line, detail="---")
        if getattr(event, "anchor", None):
            raise _refusal("P113", line=line, found=event.anchor)
        if getattr(event, "tag", None):
            raise _refusal("P112", line=line, found=event.tag)
        if isinstance(event, yaml.ScalarEvent):
            is_null = event.implicit[0] and event.style in (None, "") and event.value in _NULLS
            self._put(None if is_null else event.value, line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._enter({}, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._enter([], line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._keys.pop()

    def _enter(self, container: list[Any] | dict[str, Any], line: int) -> None:
        self._put(container, line)
        self._open.append(container)
        self._keys.append(None)
        if len(self._open) > self._most_depth:
            raise _refusal("P103", limit=self._most_depth)

    def _put(self, value: Any, line: int) -> None:
        self._values += 1
        if self._values > self._most_values:
            raise _refusal("P116", count=self._values, limit=self._most_values)
        if not self._open:
            self.value = value
            return
        container = self._open[-1]
        if isinstance(container, list):
            container.append(value)
        elif self._keys[-1] is None:
            if not isinstance(value, str):
                raise _refusal("P102", format="YAML", line=line, detail=repr(value)[:40])
            if value in container:
                raise _refusal("P114", name=value)
            self._keys[-1] = value
        else:
            container[self._keys[-1]] = value
            self._keys[-1] = None


def _refusal(code: str, **parameters: str | int) -> RefusedPlanError:
    return RefusedPlanError([fault(code, "$", item="", **parameters)])
