"""One thing that was tested, in words."""

from collections.abc import Mapping

from bot.features.care.rooms import called
from bot.i18n import Words
from bot.ports import Finding
from bot.store.groups import Group
from bot.text import Text, bold


def line(words: Words, group: Group, finding: Finding, titles: Mapping[str, str]) -> Text:
    """What was tested, in which room, and how to mend it if something is wrong."""
    said = Text.of("✓ " if finding.ok else "✗ ", words.plain(finding.what))
    if finding.chat:
        said += f" ({called(words, group, finding.chat.room, titles)})"
    if not finding.ok and finding.mend:
        said += Text.of("\n   → ", bold(words.plain(finding.mend)))
    return said
