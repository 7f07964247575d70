"""Check a user name and a password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from luoshi_web.accounts import selectors
from luoshi_web.accounts.models import User


class PasswordBackend:
    """Knows users by their name and password; rights come from `luoshi_web.rights`, not from here."""

    def authenticate(
        self, request: HttpRequest | None, username: str = "", password: str = "", **other: Any
    ) -> User | None:
        user = selectors.user_named(username)
        if user is None:
            make_password(password)  # as slow as a real check, so that names cannot be told by time
            return None
        if user.check_password(password) and selectors.may_sign_in(user):
            return user
        return None

    def get_user(self, user_id: int) -> User | None:
        user = selectors.user_with_id(user_id)
        return user if user is not None and selectors.may_sign_in(user) else None
