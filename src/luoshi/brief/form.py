"""Forms of a document (文件格式), and the one way to make each."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from luoshi.brief import decomposition
from luoshi.kernel.errors import LuoshiError
from luoshi.kernel.label import Labelled, Language
from luoshi.plan.model import Plan


class UnknownFormError(LuoshiError):
    """A document is asked for in a form that there is not (code B101)."""


class Form(Labelled):
    """Form of a document; its value is the ending of the file's name, without the dot."""

    XLSX = "xlsx", "Excel 工作簿", "Excel workbook"
    DOCX = "docx", "Word 文档", "Word document"
    CSV = "csv", "CSV 表格", "CSV table"

    @property
    def media_type(self) -> str:
        """Media type for delivery over HTTP."""
        return {
            "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "csv": "text/csv; charset=utf-8",
        }[str(self.value)]

    @classmethod
    def of_name(cls, name: str) -> Form:
        """Return the form that a file's name asks for.

        Raises:
            UnknownFormError: There is none with this ending (B101).
        """
        ending = PurePath(name).suffix.removeprefix(".").lower()
        for form in cls:
            if form.value == ending:
                return form
        raise UnknownFormError(
            "B101", {"ending": ending, "known": " ".join(f".{form.value}" for form in cls)}
        )


def make(plan: Plan, form: Form, *, language: Language = "zh", made_at: datetime | None = None) -> bytes:
    """Return the breakdown of responsibilities (责任分解表) of a plan as a file's bytes.

    Args:
        plan: A draft or a version; a draft says that it is one.
        form: Form of the document.
        language: Language of its labels.
        made_at: Moment to write into the file's properties, in UTC without a zone.
    """
    made = decomposition.from_plan(plan, language=language)
    # Each writer loads a library of its own; one is needed at a time.
    if form is Form.XLSX:
        from luoshi.brief.workbook import to_xlsx

        return to_xlsx(made, made_at=made_at)
    if form is Form.DOCX:
        from luoshi.brief.paper import to_docx

        return to_docx(made, made_at=made_at)
    from luoshi.brief.delimited import to_csv

    return to_csv(made)


def name_of(plan: Plan, form: Form) -> str:
    """Return a file name for the breakdown: place, year, version."""
    status = f"第{plan.version}版" if plan.version else "草案"
    place = "".join(sign for sign in plan.place.name if sign.isalnum())
    return f"{place}{plan.year}年责任分解表（{status}）.{form.value}"
