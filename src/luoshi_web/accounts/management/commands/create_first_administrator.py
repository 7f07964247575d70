from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from luoshi_web.accounts.services import create_first_administrator
from luoshi_web.rights import ADMINISTRATIONS, Role, RuleError

_CHOICES = sorted(str(role.value) for role in ADMINISTRATIONS)


class Command(BaseCommand):
    help = (
        "Create the first holder of one of the three administrations and print a random password, which has to be "
        "changed at the first sign-in. The three are apart: run it once for each, with three people."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=_CHOICES)
        parser.add_argument("username")
        parser.add_argument("--name", default="", help="name shown; the user name when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        try:
            password = create_first_administrator(
                Role(options["role"]), username=username, display_name=options["name"] or username
            )
        except (RuleError, ValidationError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{username}  {password}")
