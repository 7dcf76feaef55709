"""The search in words. Colours only repeat what the lines below the guesses say as well."""

from collections.abc import Iterator

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.guess.marks import ABSENT, ELSEWHERE, PLACED
from bot.games.guess.rules import MOST, Guess, Puzzle
from bot.games.guess.solutions import LENGTH
from bot.i18n import LANGUAGES, Words, closest
from bot.play import Board, Cast, Control, Effect
from bot.text import Part, Text, bold, code

SQUARES = {PLACED: "🟩", ELSEWHERE: "🟨", ABSENT: "⬛"}
BLANK = "_"
GONE = "…"
NOTES = {
    "length": N_("One word of {n} letters, please."),
    "unknown": N_("“{word}” isn't in the dictionary."),
    "repeated": N_("{name} guessed “{word}” already."),
    "again": N_("The last guess was yours: let somebody else try. Or come back in {minutes} min."),
}


def board(state: Puzzle, words: Words, cast: Cast) -> Board:
    """All guesses, what they told and what to do; at the end the word."""
    rows = [_row(guess, cast) for guess in state.guesses]
    if state.until is None:
        return Board(_lines(_outcome(state, words), *rows))
    language = LANGUAGES[closest(state.language)]
    goal = words.say(
        "We look for a word of {n} letters ({language}).", n=str(LENGTH), language=language
    )
    parts: list[Part] = [goal, ""]
    if rows:
        parts += [*rows, "", *_known(state, words), ""]
    parts += [_how(words), _left(state, words)]
    return Board(_lines(*parts), ((_guess(words),),))


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """Why a guess didn't count."""
    args = said.args
    return words.say(
        NOTES[said.key],
        n=str(args.get("n", "")),
        word=str(args.get("word", "")),
        minutes=str(args.get("minutes", "")),
        name=cast.name(int(args["seat"])) if "seat" in args else "",
    )


def _lines(*lines: Part) -> Text:
    return Text.join("\n", lines)


def _row(guess: Guess, cast: Cast) -> Text:
    squares = "".join(SQUARES[mark] for mark in guess.marks)
    return Text.of(squares, " ", code(guess.word.upper() or GONE), f" · {cast.name(guess.seat)}")


def _known(state: Puzzle, words: Words) -> Iterator[Text]:
    """The same as the colours, letter by letter."""
    yield words.say("In their place: {letters}", letters=code(_pattern(state)))
    if elsewhere := _elsewhere(state):
        where = words.listing([_not_at(words, *found) for found in elsewhere.items()])
        yield words.say("In the word, but elsewhere: {letters}", letters=where)
    if absent := _absent(state):
        yield words.say("Not in the word: {letters}", letters=" ".join(absent).upper())


def _marked(state: Puzzle, mark: str) -> Iterator[tuple[int, str]]:
    """Where which letters got this mark, the first place being 1."""
    for guess in state.guesses:
        for place, (letter, got) in enumerate(zip(guess.word, guess.marks, strict=False), 1):
            if got == mark:
                yield place, letter


def _pattern(state: Puzzle) -> str:
    placed = dict(_marked(state, PLACED))
    return " ".join(placed.get(place, BLANK) for place in range(1, LENGTH + 1)).upper()


def _elsewhere(state: Puzzle) -> dict[str, list[int]]:
    """The letters whose place isn't known, and the places where they are not."""
    wrong = sorted({*_marked(state, ELSEWHERE), *_marked(state, ABSENT)})
    return {
        letter: [place for place, other in wrong if other == letter]
        for letter in sorted({letter for _, letter in _marked(state, ELSEWHERE)})
        if _found(state, letter) > _pattern(state).lower().count(letter)
    }


def _found(state: Puzzle, letter: str) -> int:
    """How often the word has a letter at least."""
    told = (zip(guess.word, guess.marks, strict=False) for guess in state.guesses)
    return max(sum(other == letter and mark != ABSENT for other, mark in row) for row in told)


def _not_at(words: Words, letter: str, places: list[int]) -> str:
    where = ", ".join(str(place) for place in places)
    return str(words.say("{letter} (not {places})", letter=letter.upper(), places=where))


def _absent(state: Puzzle) -> list[str]:
    found = {letter for mark in (PLACED, ELSEWHERE) for _, letter in _marked(state, mark)}
    return sorted({letter for _, letter in _marked(state, ABSENT)} - found)


def _how(words: Words) -> Text:
    return words.say(
        "Reply with your guess. Accents don't matter, and nobody guesses twice in a row."
    )


def _left(state: Puzzle, words: Words) -> Text:
    left = MOST - len(state.guesses)
    return words.say_n("{n} guess left for all of us.", "{n} guesses left for all of us.", left)


def _guess(words: Words) -> Control:
    label = words.plain("Guess")
    field = Field(name="word", label=words.plain("Your guess"), max_length=2 * LENGTH)
    return Control(label, "guess", look=Look.MAIN, title=label, form=(field,))


def _outcome(state: Puzzle, words: Words) -> Text:
    solution = bold(state.solution.upper())
    if not state.guesses:
        return words.say("Nobody guessed this time. The word was {word}.", word=solution)
    people = words.say_n("{n} person", "{n} people", len(state.people))
    if state.solved:
        return words.say_n(
            "Found with {n} guess, by {people}: {word}",
            "Found with {n} guesses, by {people}: {word}",
            len(state.guesses),
            people=people,
            word=solution,
        )
    return words.say("The word was {word}. {people} looked for it.", word=solution, people=people)
