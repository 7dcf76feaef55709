"""How games put people's names and words into their texts."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.i18n import Words
from bot.play.board import LABEL_LENGTH
from bot.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Text, clean

LONGEST = 300
NAMES = 8


def one_line(text: str) -> str:
    """What somebody wrote, on one line and without hidden characters."""
    return " ".join(clean(text).split())


def cut(text: str, most: int) -> str:
    """The text, or as much of it as fits into so many characters, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def inline(text: str, most: int = LONGEST) -> str:
    """Somebody's words, safe inside a sentence of any direction."""
    return f"{FIRST_STRONG_ISOLATE}{cut(one_line(text), most)}{POP_ISOLATE}"


def label(text: str, most: int = LABEL_LENGTH) -> str:
    """A name or somebody's words on a button: nothing else stands there, so nothing isolates."""
    return cut(one_line(text), most)


def name_labels(names: Sequence[str]) -> list[str]:
    """The names on buttons; people of the same name get a number."""
    same, seen = Counter(names), Counter[str]()
    labels = []
    for name in names:
        seen[name] += 1
        suffix = f" ({seen[name]})" if same[name] > 1 else ""
        labels.append(label(name, LABEL_LENGTH - len(suffix)) + suffix)
    return labels


def named(names: Sequence[str], words: Words, most: int = NAMES) -> str:
    """Some of the names, and how many more there are."""
    shown = list(names[:most])
    if rest := len(names) - len(shown):
        shown.append(str(words.say_n("{n} more", "{n} more", rest)))
    return words.listing(shown)


def paragraphs(parts: Iterable[Text]) -> Text:
    """The parts with an empty line between them; what is empty is left out."""
    return Text.join("\n\n", [part for part in parts if part])
