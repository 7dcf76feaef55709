"""Two truths and a lie, in words."""

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.two_truths.rules import (
    GO_ON,
    LONGEST,
    PICK,
    WRITE,
    State,
    Statements,
    Told,
    answers,
    awaited,
    found_and_guessed,
)
from bot.i18n import Words
from bot.play import PASS, Board, Cast, Control, Effect, given_back
from bot.play.wording import inline
from bot.text import Part, Text, bold, clean

NOTES = {
    "written": N_("Kept. Until everybody is ready you can write it anew."),
    "replaced": N_("Replaced. The others will see these three."),
    "three": N_("I need three different statements: two that are true and one that is not."),
    "guesses": N_("Fine: you only guess. If you think of something, you can still write."),
    "has_written": N_("Your three are in. Later you guess the others’ lies as well."),
    "early": N_("Everybody is still writing. The guessing comes after."),
    "too_late": N_("The writing is over. Now the lies are guessed."),
    "over": N_("That round is over. The statements of this one are on the board."),
    "gone": N_("These words were taken back. The next ones are one tap away."),
    "own": N_("These are your own statements: now only the others guess."),
    "again": N_("You have already guessed; your first guess counts."),
    "passed": N_("You sit this round out. The next one is yours again."),
    "picked": N_("You think that number {number} is the lie. Soon you'll know."),
}


def board(state: State, words: Words, cast: Cast) -> Board:
    """Who wrote, or the statements that are guessed, or how it ended."""
    if state.over:
        return Board(_ended(state, words, cast))
    if state.writing:
        return _writing(state, words, cast)
    return _guessing(state, words, cast)


def _writing(state: State, words: Words, cast: Cast) -> Board:
    lines = [
        words.say(
            "Write three statements about yourself: two are true and one is a lie. Then the "
            "others guess."
        ),
        words.say("Small things are best: what you ate, saw, learned or got wrong."),
    ]
    if state.written:
        names = words.listing([cast.name(seat) for seat in sorted(state.written)])
        lines.append(words.say("Ready: {names}", names=names))
    if waiting := awaited(state):
        names = words.listing([cast.name(seat) for seat in waiting])
        lines.append(
            words.say(
                "Still thinking: {names}. Whoever would rather only guess says so with a button.",
                names=names,
            )
        )
    mine = Control(words.plain("See mine"), opens_hand=True)
    only_guessing = Control(words.plain("I'll only guess"), PASS)
    return Board(Text.join("\n", lines), ((_write(words), only_guessing), (mine,)))


def _write(words: Words, own: Statements | None = None) -> Control:
    """The button to the form; in one's own hand with what one wrote."""
    lie = own.lines[own.lie] if own else ""
    truths = [line for n, line in enumerate(own.lines) if n != own.lie] if own else ["", ""]
    labels = (N_("True"), N_("True as well"), N_("A lie"))
    fields = tuple(
        Field(name, words.plain(label), value, max_length=LONGEST)
        for name, label, value in zip(("one", "two", "lie"), labels, (*truths, lie), strict=True)
    )
    return Control(
        words.plain("Write anew") if own else words.plain("Write mine"),
        WRITE,
        look=Look.MAIN,
        title=words.plain("Two truths and a lie"),
        form=fields,
        secret=True,
    )


def _guessing(state: State, words: Words, cast: Cast) -> Board:
    number, of = words.number(state.number + 1), words.number(len(state.order))
    name = bold(cast.name(state.writer))
    lines: list[Part] = []
    if state.told:
        lines += [_last(state, state.told[-1], words, cast), ""]
    if not state.shown.lines:
        lines.append(_taken_back(words))
        return Board(Text.join("\n", lines), ((Control(words.plain("Go on"), GO_ON),),))
    lines += [
        bold(str(words.say("Round {number} of {all}", number=number, all=of))),
        words.say("{name} says:", name=name),
        *_listed(state.shown),
        words.say("Two of these are true. Which one is the lie?"),
    ]
    if count := answers(state):
        lines.append(words.say_n("{n} person has guessed.", "{n} people have guessed.", count))
    controls = tuple(Control(str(n + 1), PICK, f"{state.number + 1}.{n}") for n in range(3))
    return Board(Text.join("\n", lines), (controls,))


def _taken_back(words: Words) -> Text:
    return words.say("These words were taken back.")


def _listed(statements: Statements) -> list[Part]:
    return [Text.of(bold(f"{n}."), " ", clean(line)) for n, line in enumerate(statements.lines, 1)]


def _last(state: State, told: Told, words: Words, cast: Cast) -> Text:
    """The lie of the round before, who fell for it, and what to ask the writer about."""
    statements, name = state.written[told.writer], cast.name(told.writer)
    if not statements.lines:
        return _taken_back(words)
    lie = inline(statements.lines[statements.lie])
    lines = [words.say("{name} made this up: “{lie}”", name=bold(name), lie=lie)]
    guessed, found = sum(told.picks), told.picks[statements.lie]
    if guessed:
        lines.append(
            words.say_n(
                "{n} of {all} was taken in.",
                "{n} of {all} were taken in.",
                guessed - found,
                all=words.number(guessed),
            )
        )
    truth = inline(statements.lines[_surprising(told, statements)])
    lines.append(words.say("{name}, tell us the story: “{truth}”", name=name, truth=truth))
    return Text.join("\n", lines)


def _surprising(told: Told, statements: Statements) -> int:
    """The truth that most people took for the lie."""
    truths = [n for n in range(3) if n != statements.lie]
    return max(truths, key=lambda n: told.picks[n])


def _ended(state: State, words: Words, cast: Cast) -> Text:
    if not state.told:
        return words.say("It ended before anything was guessed.")
    found, guessed = found_and_guessed(state)
    lines: list[Part] = [_last(state, state.told[-1], words, cast), ""]
    lines.append(
        words.say_n(
            "{n} guess of {all} found the lie.",
            "{n} guesses of {all} found the lie.",
            found,
            all=words.number(guessed),
        )
    )
    lines.append(words.say("The stories behind the truths are worth asking for."))
    return Text.join("\n", lines)


def hand(state: State, seat: int, words: Words) -> Board | None:
    """One's own statements, and the way to other ones while all write."""
    own = state.written.get(seat)
    if own is None and state.writing and seat in state.seats:
        return Board(words.say("You have not written anything yet."), ((_write(words),),))
    if own is None or not own.lines:
        return None
    lines: list[Part] = [
        Text.of(line, " ", bold(words.plain("(the lie)"))) if n == own.lie else line
        for n, line in enumerate(_listed(own))
    ]
    rows = ((_write(words, own),),) if state.writing else ()
    head = words.say("Your three, in the order in which they are shown:")
    return Board(Text.join("\n", [head, *lines]), rows)


def words_of(said: Effect, words: Words) -> Text:
    """What a move is answered with."""
    parts = {name: str(value) for name, value in said.args.items()}
    return given_back(words.say(NOTES[said.key], **parts), said)
