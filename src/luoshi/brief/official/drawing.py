"""The course of a figure as a chart of Word (进度图): the same spec and grammar as the drawing on a page (`luoshi.brief.chart`).

The promised value is a line, the expected course dashed, the actual one solid with a mark for each figure, what is foretold dotted between its two ends. Labels stand at the
ends of lines. It is a DrawingML chart, which Word, WPS and LibreOffice draw sharply at any size, and no picture.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from luoshi.brief.chart import CourseChart
from luoshi.brief.wording import number_text

EMU_PER_MM = 36_000
WIDTH_MM, HEIGHT_MM = 150, 62
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LOW = Decimal("0.15")
_INK, _GREY, _BLUE = "1F1F1F", "7F7F7F", "1F4E79"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a chart.

    Attributes:
        name: What stands at its end.
        points: Its points.
        colour: Colour.
        dash: Kind of stroke.
        has_marks: Whether each point has a mark.
        width: Width in EMU.
        open_points: Points whose figures were not accepted.
        is_course: Whether it is the expected course.
        is_low: Whether its end lies so low that there is no room below it.
    """

    name: str
    points: tuple[tuple[Decimal, Decimal], ...]
    colour: str
    dash: str = "solid"
    has_marks: bool = False
    width: int = 19_050
    open_points: tuple[int, ...] = ()
    is_course: bool = False
    is_low: bool = False


def month_place(day: date) -> Decimal:
    """Return where a day stands on the axis of months: 0 at the year's start, 3 at the end of March, 12 at the year's end.

    Example:
        >>> month_place(date(2026, 3, 31)), month_place(date(2026, 4, 15))
        (Decimal('3'), Decimal('3.5'))
    """
    return day.month - 1 + Decimal(day.day) / monthrange(day.year, day.month)[1]


def place(document: Any, chart: CourseChart, number: int) -> Any:
    """Put a chart into a Word file and return the run that shows it.

    Args:
        document: The file, as python-docx has it.
        chart: What it shows.
        number: Number of the chart in the file, from 1.
    """
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, _TYPE, chart_xml(chart).encode("utf-8"), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    wide, high = WIDTH_MM * EMU_PER_MM, HEIGHT_MM * EMU_PER_MM
    told = escape(f"{chart.title}：承诺、应达与实际进度", {'"': "&quot;"})
    return parse_xml(
        f'<w:r xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{100 + number}" name="chart{number}" descr="{told}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def lines_of(chart: CourseChart) -> list[_Line]:
    """Return the lines of a chart, the ones behind first."""
    unit = chart.unit
    lines = []
    if len(chart.expected) > 1:
        points = tuple((month_place(mark.day), mark.value) for mark in chart.expected)
        lines.append(_Line("应达", points, _GREY, "dash", is_course=True))
    whole = (Decimal(0), Decimal(12))
    for goal, label in ((chart.goal, "承诺"), (chart.upper, "承诺上限")):
        if goal is not None:
            points = tuple((x, goal) for x in whole)
            lines.append(_Line(f"{label} {number_text(goal)}{unit}", points, _INK, width=12_700))
    if chart.fan is not None and chart.actual:
        newest, fan = chart.actual[-1], chart.fan
        start = (month_place(newest.day), newest.value)
        end = month_place(fan.day)
        lines.append(_Line("", (start, (end, fan.low)), _BLUE, "sysDot", width=9_525))
        lines.append(_Line("", (start, (end, fan.high)), _BLUE, "sysDot", width=9_525))
        lines.append(_Line(f"预测 {number_text(fan.value)}", (start, (end, fan.value)), _BLUE, "sysDash"))
    if chart.actual:
        points = tuple((month_place(mark.day), mark.value) for mark in chart.actual)
        name = f"实际 {number_text(chart.actual[-1].value)}"
        waiting = tuple(place for place, mark in enumerate(chart.actual) if not mark.is_accepted)
        most = max(y for line in lines for _x, y in line.points) if lines else points[-1][1]
        is_low = points[-1][1] < most * _LOW
        lines.append(
            _Line(name, points, _BLUE, has_marks=True, width=28_575, open_points=waiting, is_low=is_low)
        )
    return lines


def chart_xml(chart: CourseChart) -> str:
    """Return the chart as DrawingML."""
    series = "".join(_series(number, line) for number, line in enumerate(lines_of(chart)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0.1"/><c:y val="0.05"/><c:w val="0.72"/><c:h val="0.8"/>'
        '</c:manualLayout></c:layout><c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{series}<c:axId val="1"/><c:axId val="2"/></c:scatterChart>'
        f"{_axis(1, 2, 'b', _months(), '[=0]&quot;&quot;;0&quot;月&quot;')}{_axis(2, 1, 'l', '', 'General')}"
        '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>'
    )


def _months() -> str:
    return '<c:max val="12"/><c:min val="0"/>'


def _axis(own: int, other: int, side: str, scale: str, form: str) -> str:
    unit = '<c:majorUnit val="1"/>' if scale else ""
    grid = "" if scale else f"<c:majorGridlines>{_stroke('D9D9D9', 6_350)}</c:majorGridlines>"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>{scale}</c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/>{grid}<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_stroke(_GREY, 9_525)}{_words(_INK)}'
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>{unit}</c:valAx>'
    )


def _stroke(colour: str, width: int, dash: str = "solid") -> str:
    return (
        f'<c:spPr><a:ln w="{width}" cap="rnd"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln></c:spPr>'
    )


def _words(colour: str) -> str:
    return (
        '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0">'
        f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'
        '</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _series(number: int, line: _Line) -> str:
    name = f'<c:tx><c:strRef><c:f/><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(line.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{name}{_stroke(line.colour, line.width, line.dash)}'
        f"{_marker(line)}{_labels(line)}"
        f"<c:xVal>{_values([x for x, _y in line.points])}</c:xVal><c:yVal>{_values([y for _x, y in line.points])}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _marker(line: _Line) -> str:
    if not line.has_marks:
        return '<c:marker><c:symbol val="none"/></c:marker>'

    def of(fill: str) -> str:
        return (
            f'<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
            f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{line.colour}"/></a:solidFill></a:ln></c:spPr></c:marker>'
        )

    waiting = "".join(
        f'<c:dPt><c:idx val="{place}"/>{of("FFFFFF")}<c:bubble3D val="0"/></c:dPt>'
        for place in line.open_points
    )
    return of(line.colour) + waiting


def _labels(line: _Line) -> str:
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>{}'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    none = shown.format('<c:showSerName val="0"/>')
    if not line.name:
        return f"<c:dLbls>{none}</c:dLbls>"
    place, side = len(line.points) - 1, "r"
    if line.has_marks:
        side = "t" if line.is_low else "b"
    if line.is_course:
        # It usually ends where the promise is; its name stands beside its middle.
        place, side = place // 2, "t"
    name = shown.format('<c:showSerName val="1"/>')
    return (
        f'<c:dLbls><c:dLbl><c:idx val="{place}"/><c:spPr><a:noFill/></c:spPr>{_words(line.colour)}'
        f'<c:dLblPos val="{side}"/>{name}</c:dLbl>{none}</c:dLbls>'
    )


def _values(values: Sequence[Decimal]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{number_text(round(value, 6))}</c:v></c:pt>'
        for place, value in enumerate(values)
    )
    return f'<c:numRef><c:f/><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
