"""Form fields that several apps use."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import BadRequest
from django.core.validators import MaxValueValidator, MinValueValidator

from luoshi.kernel.label import Labelled

_Choice = TypeVar("_Choice", bound=Labelled)
_FIRST, _LAST = date(1980, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day within the years that this site can have to do with."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += [MinValueValidator(_FIRST), MaxValueValidator(_LAST)]


def choice(kind: type[_Choice], text: str) -> _Choice:
    """Return the value of a select box; the site's own pages post nothing else.

    Raises:
        BadRequest: It is no value of `kind`.
    """
    try:
        return kind(text)
    except ValueError:
        raise BadRequest(f"{text!r} is no {kind.__name__}") from None
