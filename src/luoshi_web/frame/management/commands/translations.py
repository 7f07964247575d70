from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from luoshi_web.frame.msgids import texts_in

PACKAGE = Path(__file__).resolve().parents[3]
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"


class Command(BaseCommand):
    help = (
        "Bring the English catalogue up to date with the texts of the site and compile it. "
        "For developers: needs polib, which the test extra brings."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="print the texts that have no English yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import polib
        except ImportError:
            raise CommandError("polib is not installed: install luoshi with its test extra.") from None
        catalogue = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile(wrapwidth=0)
        catalogue.wrapwidth = 0
        catalogue.metadata = {
            "Language": "en",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        known = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in catalogue}
        wanted = texts_in(PACKAGE)
        kept = polib.POFile(wrapwidth=0)
        kept.metadata = catalogue.metadata
        for context, text, plural in sorted(wanted):
            entry = known.get((context, text, plural)) or polib.POEntry(
                msgctxt=context or None,
                msgid=text,
                msgid_plural=plural,
                msgstr_plural={0: "", 1: ""} if plural else {},
            )
            kept.append(entry)
        kept.save(str(CATALOGUE))
        kept.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
        missing = kept.untranslated_entries()
        self.stdout.write(f"{len(kept)} texts, {len(missing)} without English")
        if options["list"]:
            for entry in missing:
                self.stdout.write(entry.msgid)
