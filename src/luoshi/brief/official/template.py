"""Words with figures in them (文字模板): what a template prints, and which figures lack a reference."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from luoshi.brief.official.model import Block, Chart, Document, Heading, Known, Paragraph, Table
from luoshi.kernel.diagnostic import Diagnostic, Severity

_PLACEHOLDER = re.compile(r"\{([fp]\d+)\}")
# Days and periods, and numbers of documents, are names and no figures.
_NAMES = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|〔\d{4}〕\d*号|GB/T \d+(?:\.\d+)?—\d{4}"
)
_NUMBER = re.compile(r"[\d０-９]+(?:[.,．][\d０-９]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of words: the text, and the mark of the source that is printed after it; 0 for none."""

    text: str
    mark: int = 0


class Marks:
    """Marks of the sources of a document, and what its placeholders stand for."""

    def __init__(self, document: Document) -> None:
        self._numbers = {source.id: number for number, source in enumerate(document.sources, 1)}
        self._figures = {figure.id: figure for figure in document.figures}
        self._passages = {passage.id: passage.text for passage in document.passages}

    def of_source(self, source: str) -> int:
        """Return the mark of a source; 0 where there is none of this identity."""
        return self._numbers.get(source, 0)

    def pieces(self, template: str, *, unmarked: Collection[str] = ()) -> list[Piece]:
        """Return what a template prints; of neighbouring figures with one source the last carries the mark.

        Args:
            template: The template.
            unmarked: Sources whose marks are printed elsewhere, such as in a later cell of the same row.
        """
        found: list[tuple[str, str]] = []
        place = 0
        for match in _PLACEHOLDER.finditer(template):
            found.append((template[place : match.start()], ""))
            figure = self._figures.get(match.group(1))
            if figure is not None:
                found.append((figure.text, figure.source))
            else:
                found.append((self._passages.get(match.group(1), match.group()), ""))
            place = match.end()
        found.append((template[place:], ""))
        pieces = []
        cited = [source for _text, source in found if source]
        for text, source in found:
            mark = 0
            if source:
                cited.pop(0)
                is_last = not cited or cited[0] != source
                mark = self.of_source(source) if is_last and source not in unmarked else 0
            if text:
                pieces.append(Piece(text, mark))
        return pieces

    def plain(self, template: str) -> str:
        """Return what a template says, without marks."""
        return "".join(piece.text for piece in self.pieces(template))

    def sources_in(self, templates: Iterable[str]) -> tuple[str, ...]:
        """Return the sources of the figures in some templates, each once, in order."""
        named = (name for template in templates for name in placeholders(template))
        return tuple(dict.fromkeys(self._figures[name].source for name in named if name in self._figures))


def placeholders(template: str) -> tuple[str, ...]:
    """Return the figures and passages that a template names, in order."""
    return tuple(_PLACEHOLDER.findall(template))


def bare_numbers(template: str) -> tuple[str, ...]:
    """Return the numbers of a template that are neither figures with a reference, nor days, nor numbers of documents.

    Example:
        >>> bare_numbers("截至2026年6月30日，共{f1}项，完成3项")
        ('3',)
    """
    rest = _NAMES.sub(" ", _PLACEHOLDER.sub(" ", template))
    return tuple(_NUMBER.findall(rest))


def templates_of(block: Block) -> Iterator[str]:
    """Return the templates of a block."""
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield text
        case Table(title=title, columns=columns, rows=rows):
            yield title
            yield from (column.label for column in columns)
            yield from (cell for row in rows for cell in row.cells)
        case _:
            return


def faults_of(document: Document) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the figures of a document; empty where all is right.

    Returns:
        A number without a reference (B201), a placeholder that stands for nothing (B202), a figure or chart whose source is missing (B203), a source that names
        no entry of the ledger (B204).
    """
    faults: list[Diagnostic] = []
    known = {figure.id for figure in document.figures} | {passage.id for passage in document.passages}
    sources = {source.id for source in document.sources}
    for block in document.every_block:
        for template in templates_of(block):
            faults += [_fault("B201", number=number, block=block.id) for number in bare_numbers(template)]
            faults += [
                _fault("B202", name=name, block=block.id)
                for name in placeholders(template)
                if name not in known
            ]
        if isinstance(block, Chart) and block.source not in sources:
            faults.append(_fault("B203", name=block.id))
    faults += [_fault("B203", name=figure.id) for figure in document.figures if figure.source not in sources]
    faults += [
        _fault("B204", name=source.what)
        for source in document.sources
        if not source.entries and Known.SET not in source.known
    ]
    return tuple(faults)


def _fault(code: str, **parameters: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, parameters=parameters)
