from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi_web.audit.action import Action
from luoshi_web.audit.selectors import Filter
from luoshi_web.frame.fields import DayField
from luoshi_web.frame.language import label


class FilterForm(forms.Form):
    q = forms.CharField(label=_("人员、对象或地址"), max_length=100, required=False)
    action = forms.ChoiceField(label=_("事项"), required=False)
    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("全部事项")), *((a.value, label(a)) for a in Action)]

    def wanted(self) -> Filter:
        data = self.cleaned_data if self.is_valid() else {}
        return Filter(
            text=data.get("q", ""),
            action=data.get("action", ""),
            since=data.get("since"),
            until=data.get("until"),
        )
