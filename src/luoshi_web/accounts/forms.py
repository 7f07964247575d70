from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from luoshi_web.frame.fields import DayField
from luoshi_web.frame.language import label
from luoshi_web.rights import Role

_USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,59}$", _("用户名用3到60个英文字母、数字、点、横线或下划线。")
)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("口令"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("现在的口令"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    new = forms.CharField(
        label=_("新口令"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("再输入一次新口令"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("现在的口令不对。"))
        return self.cleaned_data["old"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次输入的新口令不一致。"))
        return data


class PersonForm(forms.Form):
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    subject = forms.CharField(
        label=_("统一身份认证中的标识"),
        max_length=255,
        required=False,
        help_text=_("统一身份认证给这个人的 sub；留空则不能用它登录。"),
    )

    def __init__(self, *args: Any, has_subject: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_subject:
            del self.fields["subject"]


class NewUserForm(PersonForm):
    username = forms.CharField(label=_("用户名"), max_length=60, validators=[_USERNAME])
    field_order = ["username", "display_name", "phone", "email"]


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"))
    plan_year = forms.TypedChoiceField(label=_("范围"), required=False, coerce=int, empty_value=None)
    unit = forms.CharField(label=_("责任单位"), max_length=100, required=False)
    since = DayField(label=_("自"))
    until = DayField(label=_("至（当日起不再担任）"), required=False)

    def __init__(self, plan_years: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, label(role)) for role in Role]
        self.fields["plan_year"].choices = [("", _("全部年度计划")), *plan_years]
