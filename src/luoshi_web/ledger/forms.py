from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

_DIGEST = RegexValidator(r"^sha256:[0-9a-f]{64}$", _("摘要是 sha256: 和 64 位十六进制数。"))
_KEY = RegexValidator(r"^p-[0-9a-f]{16}$", _("人员编号是 p- 和 16 位十六进制数。"))


class EraseNoteForm(forms.Form):
    digest = forms.CharField(label=_("附言的摘要"), max_length=71, validators=[_DIGEST])
    reason = forms.CharField(label=_("删除理由"), max_length=200)


class ErasePersonForm(forms.Form):
    key = forms.CharField(label=_("人员编号"), max_length=18, validators=[_KEY])
    reason = forms.CharField(label=_("删除理由"), max_length=200)
