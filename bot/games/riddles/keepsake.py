"""All riddles of a game with their solutions, as a plain text to keep."""

from bot.effects import Attachment
from bot.games.riddles.state import State
from bot.games.riddles.view import told
from bot.i18n import Words
from bot.play import Cast


def keepsake(state: State, words: Words, cast: Cast) -> Attachment | None:
    """A line for each riddle that still stands; None if there is none."""
    kept = [ended for ended in state.ended if ended.by in state.written]
    if not kept:
        return None
    title = words.plain("Our emoji riddles")
    lines = [
        title,
        "",
        *(str(told(state, ended, words, cast, len(ended.solvers))) for ended in kept),
    ]
    return Attachment("riddles.txt", ("\n".join(lines) + "\n").encode(), alt=title)
