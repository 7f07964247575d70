"""Rules for passwords (口令规则), beside those that Django brings."""

from __future__ import annotations

import secrets

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CLASSES_NEEDED = 3
# Without letters and digits that are mistaken for one another on paper.
_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_DIGITS = "23456789"


class CharacterClassValidator:
    """Asks for three of: small letters, capital letters, digits, other characters."""

    def validate(self, password: str, user: object = None) -> None:
        classes = (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() or (c.isalpha() and not c.isascii()) for c in password),
        )
        if sum(classes) < _CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        return _("口令须包含小写字母、大写字母、数字、其他符号中的至少三类。")


class LengthValidator(password_validation.MinimumLengthValidator):
    """Django's rule, in the words of this site."""

    def get_error_message(self) -> str:
        return _("口令太短，至少要 %(least)s 个字符。") % {"least": self.min_length}


class CommonValidator(password_validation.CommonPasswordValidator):
    """Django's rule, in the words of this site."""

    def get_error_message(self) -> str:
        return _("这是常见的口令，容易被猜中，请换一个。")


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Django's rule, in the words of this site."""

    def get_error_message(self) -> str:
        return _("口令与您的姓名、用户名或电话太相似，请换一个。")


def random_password() -> str:
    """Return a password that keeps all rules and can be read out over the telephone."""
    groups = ["".join(secrets.choice(_LETTERS + _DIGITS) for _ in range(4)) for _ in range(3)]
    return "-".join([*groups, secrets.choice(_LETTERS).upper() + secrets.choice(_DIGITS)])
