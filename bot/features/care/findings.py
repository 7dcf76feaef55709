"""One thing that is not in order, in words."""

from collections.abc import Mapping

from bot.features.care.rooms import called
from bot.i18n import Words
from bot.ports import Finding
from bot.store.groups import Group
from bot.text import Text, bold


def line(words: Words, group: Group, finding: Finding, titles: Mapping[str, str]) -> Text:
    """What is wrong, in which room, and how to mend it."""
    said = Text.of("✗ ", words.plain(finding.what))
    if finding.chat:
        said += f" ({called(words, group, finding.chat.room, titles)})"
    if finding.mend:
        said += Text.of("\n   → ", bold(words.plain(finding.mend)))
    return said
