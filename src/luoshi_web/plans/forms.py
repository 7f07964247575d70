from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from luoshi_web.plans.listing import SCREENS

_EARLIEST, _LATEST = 1980, 2100


class SavedViewForm(forms.Form):
    name = forms.CharField(label=_("视图名称"), max_length=40)
    screen = forms.CharField(max_length=100)
    query = forms.CharField(max_length=1000, required=False)

    def clean_screen(self) -> str:
        """Refuse a screen that there is not: lists of the plan, and registers by the key of their procedure."""
        screen: str = self.cleaned_data["screen"]
        if screen not in SCREENS and not screen.startswith("cases:"):
            raise forms.ValidationError(screen)
        return screen


class PlaceForm(forms.Form):
    place = forms.CharField(label=_("地方"), max_length=60, help_text=_("如：云川市。写全称。"))
    year = forms.IntegerField(
        label=_("计划年度"),
        min_value=_EARLIEST,
        max_value=_LATEST,
        help_text=_("报告部署工作的那一年，不是回顾的那一年。"),
    )


class ReportForm(forms.Form):
    file = forms.FileField(
        label=_("报告文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.html,.htm,.docx,.pdf"}),
    )
    text = forms.CharField(
        label=_("粘贴全文"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    place = forms.CharField(label=_("地方"), max_length=60, required=False)
    year = forms.IntegerField(label=_("计划年度"), min_value=_EARLIEST, max_value=_LATEST, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        file, text = data.get("file"), (data.get("text") or "").strip()
        if "file" in self.errors:
            return data
        if file and text:
            raise forms.ValidationError(_now("文件和粘贴的文字只要一样，请去掉其中之一。"))
        if not file and not text:
            raise forms.ValidationError(_now("请选择一个文件，或粘贴报告全文。"))
        size = file.size if file else len(text.encode())
        if size > settings.MAX_UPLOAD_BYTES:
            limit = filesizeformat(settings.MAX_UPLOAD_BYTES)
            raise forms.ValidationError(
                _now("文件有 %(size)s，超过上限 %(limit)s。请去掉图片，或另存为纯文本后再上传。")
                % {"size": filesizeformat(size), "limit": limit}
            )
        return data

    def report(self) -> dict[str, Any]:
        """Return what `start_import` takes."""
        data = self.cleaned_data
        file = data.get("file")
        return {
            "name": file.name if file else _now("粘贴的报告") + ".txt",
            "data": file.read() if file else data["text"].encode(),
            "is_pasted": not file,
            "place": data.get("place") or "",
            "year": data.get("year"),
        }


class CompareForm(forms.Form):
    old = forms.ChoiceField(label=_("由"))
    new = forms.ChoiceField(label=_("到"))

    def __init__(self, names: list[tuple[Any, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(edition), name) for edition, name in names]
        self.fields["old"].choices = self.fields["new"].choices = choices


class PlanFileForm(forms.Form):
    file = forms.FileField(
        label=_("计划文件"), widget=forms.ClearableFileInput(attrs={"accept": ".json,.yaml,.yml"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _now("文件有 %(size)s，超过上限 %(limit)s。")
                % {"size": filesizeformat(file.size), "limit": filesizeformat(settings.MAX_UPLOAD_BYTES)}
            )
        return file
