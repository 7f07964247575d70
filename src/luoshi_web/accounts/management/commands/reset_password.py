from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luoshi_web.accounts.selectors import user_named
from luoshi_web.accounts.services import reset_password_on_server


class Command(BaseCommand):
    help = "Print a new random password for a user, which has to be changed at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = user_named(options["username"])
        if user is None:
            raise CommandError(f"There is no user {options['username']!r}.")
        self.stdout.write(f"{user.username}  {reset_password_on_server(user)}")
