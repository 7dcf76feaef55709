"""What a text is about, as keys that two texts can share."""

from bot.recall.words import terms

LONGEST = 3
"""Words of a topic that are looked for next to each other."""


def key_of(topic: str) -> str:
    """What a named topic is found by: its terms in alphabetical order; "" without any word."""
    return " ".join(sorted(set(terms(topic))))


def keys_in(text: str) -> set[str]:
    """The keys of all topics that the text names in at most `LONGEST` neighbouring words."""
    found = terms(text)
    runs = (found[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(found)))
    return {" ".join(sorted(set(run))) for run in runs}
