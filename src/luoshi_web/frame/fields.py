"""Form fields that several apps use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

_FIRST, _LAST = date(1980, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day within the years that this site can have to do with."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators += [MinValueValidator(_FIRST), MaxValueValidator(_LAST)]
