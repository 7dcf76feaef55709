"""The story in words: the board, and what single players are told."""

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.story.keepsake import sentences
from bot.games.story.rules import LONGEST, Sentence, Story
from bot.i18n import Words
from bot.play import PASS, Board, Cast, Control, Effect, given_back
from bot.play.wording import named
from bot.text import Span, Text, bold, quote

TAIL, WHOLE = 600, 1100
"""Characters of the story that stand on the board while it is written, and at the end."""
MOST_NAMES = 12

SAID = {
    "wait": N_("It is {name}’s turn now. Yours will come; the board says when."),
    "late": N_("It is {name}’s turn now. Keep your sentence for yours:"),
    "moved": N_("The story has gone on meanwhile. Does your sentence still fit?"),
    "short": N_("A sentence has at least {n} characters. Add a word or two."),
    "long": N_("That has {n} characters, and a sentence here has at most {most}. Make it shorter?"),
    "fixed": N_("You can change your sentence only while it is the last one of the story."),
    "changed": N_("Your sentence was changed."),
    "taken": N_("Your sentence was taken back."),
    "ending": N_("You would like to end here: {n} of {of}. It ends when more than half want to."),
    "goes_on": N_("Your wish to end here was taken back."),
    "there": N_("You are in the round; your turn will come."),
    "back": N_("Good to have you back. It is {name}’s turn now, and yours will come."),
}


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """A note in words."""
    parts = {key: words.number(v) for key, v in said.args.items() if isinstance(v, int)}
    name = cast.name(int(said.args.get("seat", -1)))
    return given_back(words.say(SAID[said.key], name=name, **parts), said)


def board(state: Story, words: Words, cast: Cast) -> Board:
    """The end of the story and who goes on; after the end as much of it as a message holds."""
    if state.until is None:
        return Board(_final(state, words, cast))
    lines: list[str | Span | Text] = [
        quote(tail(" ".join(sentences(state)), TAIL)),
        _turn(state, words, cast),
        words.plain("Answer this message with one sentence, or use the button."),
    ]
    away = [seat for seat in state.present if seat not in state.active]
    if away:
        waiting = _names(away, words, cast)
        lines.append(words.say("Skipped until they are back: {names}", names=waiting))
    return Board(Text.join("\n", lines), _rows(state, words, bool(away)))


def tail(story: str, most: int) -> str:
    """The end of a story, from a whole word on."""
    if len(story) <= most:
        return story
    cut = story[-(most - 2) :]
    first, space, rest = cut.partition(" ")
    return f"… {rest if space and len(first) < LONGEST else cut}"


def _turn(state: Story, words: Words, cast: Cast) -> Text:
    left = state.total - len(state.sentences)
    name = bold(cast.name(state.seat))
    if left == 1:
        return words.say("{name}, this is the last sentence: how does it end?", name=name)
    turn = words.say("{name}, how does it go on?", name=name)
    return Text.of(turn, " ", words.say_n("{n} sentence left.", "{n} sentences left.", left))


def _names(seats: list[int] | tuple[int, ...], words: Words, cast: Cast) -> str:
    return named([cast.name(seat) for seat in seats], words, MOST_NAMES)


def _rows(state: Story, words: Words, away: bool) -> tuple[tuple[Control, ...], ...]:
    title = words.plain("Write the next sentence")
    turn = str(state.turn)
    first = [
        Control(title, "write", turn, Look.MAIN, title, (_field(words),)),
        Control(words.plain("Pass"), PASS, turn),
    ]
    the_end, votes = words.plain("The end"), f"{state.votes}/{len(state.active)}"
    second = [Control(f"{the_end} ({votes})", "end")]
    if away:
        second.append(Control(words.plain("I am back"), "back"))
    if last := state.changeable:
        second = [*_changing(last, str(len(state.sentences)), words), *second]
    return tuple(first), tuple(second)


def _changing(last: Sentence, number: str, words: Words) -> tuple[Control, Control]:
    label = words.plain("Change my sentence")
    form = (_field(words, last.text),)
    return (
        Control(label, "change", number, title=label, form=form),
        Control(words.plain("Take it back"), "undo", number),
    )


def _field(words: Words, value: str = "") -> Field:
    return Field("text", words.plain("One sentence"), value, long=True, max_length=LONGEST)


def _final(state: Story, words: Words, cast: Cast) -> Text:
    story = " ".join(sentences(state))
    lines: list[str | Span | Text] = [quote(tail(story, WHOLE))]
    if not state.writers:
        return Text.join("\n", [*lines, words.plain("The story stayed at its first sentence.")])
    written = _names(state.writers, words, cast)
    lines.append(words.say("The end. Written by {names}.", names=written))
    if len(story) > WHOLE:
        lines.append(words.plain("The whole story is in the file."))
    return Text.join("\n", lines)
