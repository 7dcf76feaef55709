"""Brings the catalogues up to date with the sources, and tells what is missing in each language.

Usage: python scripts/catalogues.py          update the .pot and every .po file
       python scripts/catalogues.py --check  change nothing; exit 1 if anything is missing
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from adapters.discord import names
from bot.app import features
from bot.router import Router

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "bot" / "locales"
TEMPLATE = LOCALES / "convive.pot"
KEYWORDS = {"say": None, "plain": None, "N_": None, "say_n": (1, 2)}
TRANSLATED = ("fr", "es", "pt")
WIDTH = 98
BEGUN = datetime(2026, 11, 22, tzinfo=UTC)
"""The date in every header: a later one would only make each update look like a change."""


def extracted() -> Catalog:
    """Every text that the sources show to people."""
    catalog = Catalog(project="Convive", header_comment="# Texts that people see.", charset="utf-8")
    for top in ("bot", "adapters", "scheduler"):
        found = extract_from_dir(ROOT / top, [("**.py", "python")], keywords=KEYWORDS)
        for name, _, message, comments, _ in sorted(found, key=lambda f: (f[0], f[1])):
            catalog.add(message, locations=[(f"{top}/{name}", 0)], auto_comments=comments)
    for message in names.message_ids(Router(features()).commands.values()):
        where = [("adapters/discord/names.py", 0)]
        catalog.add(message, locations=where, auto_comments=[names.RULES])
    return catalog


def path_of(language: str) -> Path:
    """The readable catalogue of a language."""
    return LOCALES / language / "LC_MESSAGES" / "convive.po"


def load(language: str) -> Catalog:
    """The catalogue as it stands; empty if there is none yet."""
    path = path_of(language)
    if not path.is_file():
        return Catalog(locale=language, project="Convive", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def missing(template: Catalog, language: str) -> Iterator[Message]:
    """Texts of the sources that have no translation in this language, or a doubtful one."""
    known = load(language)
    for message in template:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        found = known.get(key)
        strings = found.string if found else ""
        parts = strings if isinstance(strings, tuple | list) else [strings]
        if found is None or found.fuzzy or not all(parts):
            yield message


def _written(catalog: Catalog) -> bytes:
    catalog.creation_date = catalog.revision_date = BEGUN
    out = BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=True, include_lineno=False, omit_header=False)
    return out.getvalue()


def update(template: Catalog) -> None:
    """Writes the template, and takes new texts into each language without guessing."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(_written(template))
    for language in TRANSLATED:
        catalog = load(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(_written(catalog))


def main() -> int:
    """Returns the exit code."""
    template = extracted()
    if "--check" not in sys.argv:
        update(template)
    lacking = {language: list(missing(template, language)) for language in TRANSLATED}
    for language, messages in lacking.items():
        print(f"{language}: {len(messages)} of {len(template)} missing")
        for message in messages if "--check" in sys.argv else []:
            print(f"  {message.id!r}")
    return 1 if "--check" in sys.argv and any(lacking.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
