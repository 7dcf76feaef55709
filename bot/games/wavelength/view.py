"""The wavelength in words: the board, the teller's secret, and what single players are told."""

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.wavelength.marks import HIGH, LOW, PLACES, drawn
from bot.games.wavelength.rules import CLUE_LENGTH
from bot.games.wavelength.state import Revealed, Wavelength
from bot.i18n import Words
from bot.play import NOBODY, PASS, Board, Cast, Control, Effect, given_back
from bot.text import Span, Text, bold, quote

TARGET, MARKS = "🎯", "🔷🔶"

SAID = {
    "not_teller": N_("{name} gives the clue this time. You guess as soon as it is there."),
    "told": N_("There is no clue to give any more in this round."),
    "length": N_("A clue has at most {most} characters, and at least one."),
    "number": N_("No numbers in a clue: find a thing, a person or a moment that belongs there."),
    "thanks": N_("Your clue is on the board. Now let them talk, and keep a straight face."),
    "over": N_("That round is over; the board shows the next one."),
    "teller": N_("You know the place, so you don’t guess in this round."),
    "no_clue": N_("{name} is still looking for a clue. Then you can guess."),
    "no_place": N_("Type a whole number from 0 to 100."),
    "guessed": N_("Your guess: {place}. You can change it until everybody has guessed."),
    "passed": N_("You pass this time. You can still guess until the others are done."),
}


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """A note in words."""
    name = cast.name(int(said.args.get("seat", NOBODY)))
    parts = {key: words.number(v) for key, v in said.args.items() if isinstance(v, int)}
    return given_back(words.say(SAID[said.key], name=name, **parts), said)


def board(state: Wavelength, words: Words, cast: Cast) -> Board:
    """The last round with its solution, and what is asked for now."""
    parts: list[str | Text] = []
    if state.last:
        parts.append(_last(state.last, state, words, cast))
    elif state.round > 1:
        parts.append(words.plain("No clue was found last time."))
    if state.due is None:
        return Board(Text.join("\n\n", [*parts, words.plain("That was the last round.")]))
    now = _guessing(state, words, cast) if state.clue else _telling(state, words, cast)
    rows = _guess_rows(state, words) if state.clue else _clue_rows(state, words)
    return Board(Text.join("\n\n", [*parts, now]), rows)


def hand(state: Wavelength, seat: int, words: Words, cast: Cast) -> Board | None:
    """The place, for the teller alone; for the others, the guess that they made or can make."""
    if state.due is None or seat not in state.seats:
        return None
    if seat == state.teller:
        return _secret(state, words)
    if not state.clue:
        return None
    guess = state.guesses.get(seat)
    squares = drawn(LOW, "⬜") if guess is None else drawn(guess, MARKS[0])
    placed = "" if guess is None else f" → {words.number(guess)}"
    scale = _scale(state.scale, state, squares) + placed
    return Board(Text.join("\n", [quote(state.clue), scale]), _guess_rows(state, words))


def _secret(state: Wavelength, words: Words) -> Board:
    low, high = _ends(state.scale, state)
    lines: list[str | Text] = [
        words.say("Your place is {place}.", place=bold(words.number(state.target))),
        _scale(state.scale, state, drawn(state.target, TARGET)),
    ]
    if state.clue:
        return Board(Text.join("\n", lines))
    lines.append(
        words.say(
            "Find something that belongs exactly there, between “{low}” and “{high}”.",
            low=low,
            high=high,
        )
    )
    title = words.plain("Give the clue")
    field = Field("clue", words.plain("Your clue, without numbers"), max_length=CLUE_LENGTH)
    clue = Control(title, "clue", str(state.round), Look.MAIN, title, (field,))
    return Board(Text.join("\n", lines), ((clue,),))


def _ends(scale: tuple[str, str], state: Wavelength) -> tuple[str, str]:
    content = Words(state.language)
    return content.plain(scale[0]), content.plain(scale[1])


def _scale(scale: tuple[str, str], state: Wavelength, squares: str) -> str:
    low, high = _ends(scale, state)
    return f"{LOW} {low} {squares} {high} {HIGH}"


def _head(state: Wavelength, words: Words, cast: Cast) -> Text:
    round_, rounds = words.number(state.round), words.number(state.rounds)
    side = cast.side(state.turn)
    return words.say("Round {n} of {rounds}: {side}", n=round_, rounds=rounds, side=bold(side))


def _telling(state: Wavelength, words: Words, cast: Cast) -> Text:
    doing = words.say(
        "{name} alone sees a place on this scale, and looks for a clue that leads you there.",
        name=bold(cast.name(state.teller)),
    )
    scale = _scale(state.scale, state, drawn(LOW, "⬜"))
    return Text.join("\n", [_head(state, words, cast), scale, doing])


def _guessing(state: Wavelength, words: Words, cast: Cast) -> Text:
    name = cast.name(state.teller)
    guessed = [_count(state, side, words, cast) for side in range(len(state.sides))]
    return Text.join(
        "\n",
        [
            _head(state, words, cast),
            words.say("{name}’s clue:", name=bold(name)),
            quote(state.clue),
            _scale(state.scale, state, drawn(LOW, "⬜")),
            words.plain("Where is it? Talk about it, then press a number; both teams guess."),
            Text.join(" · ", guessed),
        ],
    )


def _count(state: Wavelength, side: int, words: Words, cast: Cast) -> Text:
    guessers = state.guessers(side)
    there = words.number(sum(seat in state.guesses for seat in guessers))
    everybody = words.number(len(guessers))
    return words.say("{side}: {n} of {all}", side=cast.side(side), n=there, all=everybody)


def _last(last: Revealed, state: Wavelength, words: Words, cast: Cast) -> Text:
    name = cast.name(last.teller)
    lines: list[str | Span | Text] = [
        words.say("Last one, by {name}:", name=name),
        quote(last.clue),
        _scale(last.scale, state, "…"),
        f"{drawn(last.target, TARGET)} → {words.number(last.target)}",
        *(_earned(last, side, total, words, cast) for side, total in enumerate(state.points)),
    ]
    if last.spread and last.spread[0] < last.spread[1]:
        low, high = map(words.number, last.spread)
        lines.append(
            words.say(
                "The guesses went from {low} to {high}. Who saw it quite differently, and why?",
                low=low,
                high=high,
            )
        )
    return Text.join("\n", lines)


def _earned(last: Revealed, side: int, total: int, words: Words, cast: Cast) -> Text:
    guess, name = last.guesses[side], cast.side(side)
    if guess is None:
        return words.say("{side}: no guess", side=name)
    return words.say_n(
        "{squares} {side}: {place}, {n} point ({all} in all)",
        "{squares} {side}: {place}, {n} points ({all} in all)",
        last.earned[side],
        squares=drawn(guess, MARKS[side % len(MARKS)]),
        side=name,
        place=words.number(guess),
        all=words.number(total),
    )


def _clue_rows(state: Wavelength, words: Words) -> tuple[tuple[Control, ...], ...]:
    tell = Control(words.plain("Show me the place: I tell"), look=Look.MAIN, opens_hand=True)
    return ((tell, Control(words.plain("Pass"), PASS, str(state.round))),)


def _guess_rows(state: Wavelength, words: Words) -> tuple[tuple[Control, ...], ...]:
    cells = [Control(str(n), "at", f"{state.round}.{n}") for n in PLACES]
    title = words.plain("Another number")
    field = Field("place", words.plain("A number from 0 to 100"), max_length=4)
    exact = Control(title, "exact", str(state.round), title=title, form=(field,), secret=True)
    half = len(cells) // 2
    last = (exact, Control(words.plain("Pass"), PASS, str(state.round)))
    return tuple(cells[:half]), tuple(cells[half:]), last
