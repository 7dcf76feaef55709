"""Reads a row of emoji. Joined ones (families, flags, skin tones, keycaps) are one each.

The emoji package is loaded with the first riddle: its tables are three megabytes.
"""

FEWEST, MOST, LONGEST = 2, 8, 100
"""Emoji of a riddle, and the characters that they may take together."""


def parsed(text: str) -> tuple[str, ...] | None:
    """The emoji of a text in their order; None if there is anything else but space."""
    import emoji

    tokens = list(emoji.analyze(text, non_emoji=True, join_emoji=True))
    found = tuple(token.chars for token in tokens if not isinstance(token.value, str))
    others = "".join(token.chars for token in tokens if isinstance(token.value, str))
    return found if not others.strip() else None


def looks_like_riddle(text: str) -> bool:
    """Whether a message has as many emoji as a riddle."""
    import emoji

    return bool(emoji.emoji_count(text) >= FEWEST)
