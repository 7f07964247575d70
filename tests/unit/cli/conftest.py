"""Commands word their help when they are loaded; here they are loaded in English, as the reference pages have it."""

import os

import click
import pytest

from luoshi_cli.main import main


@pytest.fixture(autouse=True, scope="session")
def _commands_in_english() -> None:
    before = os.environ.get("LUOSHI_LANG")
    os.environ["LUOSHI_LANG"] = "en"
    context = click.Context(main)
    for name in main.list_commands(context):
        main.get_command(context, name)
    if before is None:
        del os.environ["LUOSHI_LANG"]
    else:
        os.environ["LUOSHI_LANG"] = before
