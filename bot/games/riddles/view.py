"""Emoji riddles in words: what everybody sees. The solution stands here only when it is over."""

from bot.commands import Field
from bot.effects import Look
from bot.games.riddles import emojis, rules
from bot.games.riddles.state import Ended, Guess, Riddle, Stage, State
from bot.i18n import Words
from bot.play import PASS, Board, Cast, Control
from bot.play.wording import inline, named, paragraphs
from bot.text import Part, Text, bold

SHOWN_NAMES, SHOWN_ENDED, SHOWN_SOLVERS = 4, 4, 2
SHOWN_GUESS = 40
"""Characters of a guess that its author took for the solution."""
BOX = "▢"


def board(state: State, words: Words, cast: Cast) -> Board:
    """What everybody sees."""
    if state.stage is Stage.WRITING:
        return _writing(state, words, cast)
    if state.stage is Stage.OVER:
        return Board(_end(state, words, cast))
    return _guessing(state, words, cast)


def listing(seats: tuple[int, ...], words: Words, cast: Cast, most: int = SHOWN_NAMES) -> str:
    """Some names, and how many more."""
    return named([cast.name(seat) for seat in seats], words, most)


def _writing(state: State, words: Words, cast: Cast) -> Board:
    task = words.say(
        "Who has a riddle? Two to eight emoji that stand for a film, a song, a book, a place, a "
        "saying, anything the others may know. Press the button to write yours: nobody else reads "
        "it before its turn, and only you know the solution."
    )
    written = words.say_n("{n} riddle is written.", "{n} riddles are written.", len(state.written))
    still = Text()
    if state.unready:
        still = words.say(
            "Still thinking: {names}. Whoever would rather only guess says so with a button.",
            names=listing(state.unready, words, cast),
        )
    mine = Control(words.plain("My riddle"), "hand", opens_hand=True)
    return Board(
        paragraphs([task, written, still]),
        ((writing(words), only_guessing(state, words)), (mine,)),
        types=False,
    )


def writing(words: Words, riddle: Riddle | None = None) -> Control:
    """The secret form for a riddle; what is written already stands in it."""
    fields = (
        Field(
            "emoji",
            words.plain("Two to eight emoji"),
            riddle.emoji if riddle else "",
            placeholder="🦁 👑",
            max_length=emojis.LONGEST,
        ),
        Field(
            "solution",
            words.plain("What they stand for"),
            riddle.solution if riddle else "",
            max_length=rules.SOLUTION_LONGEST,
        ),
        Field(
            "hint",
            words.plain("A hint for the second half (optional)"),
            riddle.hint if riddle else "",
            required=False,
            max_length=rules.HINT_LONGEST,
        ),
    )
    label = words.plain("Change my riddle") if riddle else words.plain("Write a riddle")
    title = words.plain("Your emoji riddle")
    return Control(label, "write", look=Look.MAIN, title=title, form=fields, secret=True)


def only_guessing(state: State, words: Words) -> Control:
    """Plays without a riddle of one's own."""
    return Control(words.plain("I'll only guess"), PASS, str(state.at))


def _guessing(state: State, words: Words, cast: Cast) -> Board:
    parts = [_last(state, words, cast), _question(state, words, cast)]
    if state.riddle is not None:
        parts += [clue(state, words), _how(state, words), _guesses(state, words)]
    if state.solvers:
        found = listing(state.solvers, words, cast)
        parts.append(words.say("Found already by {names}.", names=found))
    mine = Control(words.plain("I wrote this one"), "hand", opens_hand=True)
    return Board(paragraphs(parts), (guessing(state, words), (mine,)))


def guessing(state: State, words: Words) -> tuple[Control, Control]:
    """To guess, and to give this one up."""
    label = words.plain("Your guess")
    note = words.plain("Wrong ones are shown without your name") if state.secretly else ""
    field = Field("guess", label, placeholder=note, max_length=rules.GUESS_LONGEST)
    guess = Control(
        words.plain("Guess"),
        "guess",
        str(state.at),
        look=Look.MAIN,
        title=label,
        form=(field,),
        secret=state.secretly,
    )
    return guess, Control(words.plain("I give this one up"), PASS, str(state.at))


def _question(state: State, words: Words, cast: Cast) -> Text:
    riddle = state.riddle
    if riddle is None:
        return words.say("This riddle was deleted by its author. The next one comes soon.")
    where = words.say(
        "Riddle {n} of {all}, by {name}: what is it?",
        n=words.number(state.at + 1),
        all=words.number(len(state.order)),
        name=cast.name(riddle.by),
    )
    return Text.of(where, "\n\n", riddle.emoji)


def clue(state: State, words: Words) -> Text:
    """The hint in the second half: the solution's letters as boxes, and what its author says."""
    riddle = state.riddle
    if riddle is None or not state.hinted:
        return words.say("Half-way there comes a hint.")
    boxes = Text.of(words.say("A hint: {boxes}", boxes=shape(riddle.solution)))
    return Text.of(boxes, "\n", inline(riddle.hint)) if riddle.hint else boxes


def shape(solution: str) -> str:
    """A box for each letter, a wide space between words."""
    words = ("".join(BOX for char in word if char.isalnum()) for word in solution.split())
    return "  ".join(word for word in words if word)


def _how(state: State, words: Words) -> Text:
    if state.secretly:
        return words.say(
            "Press the button to guess: nobody reads along, so everybody can find it. Typed here, "
            "the solution is out for all."
        )
    return words.say(
        "Reply with your guess, or press the button. The first one who finds it has it."
    )


def _guesses(state: State, words: Words) -> Text:
    if not state.guesses:
        return Text()
    once = {guess.meaning: guess for guess in sorted(state.guesses, key=lambda g: g.near)}
    tried = Text.join(" · ", map(shown, sorted(once.values(), key=lambda g: g.number)))
    text = words.say("Not it: {guesses}", guesses=tried)
    if any(guess.near for guess in state.guesses):
        text += Text.of("\n", words.say("🔥 is close."))
    return text


def shown(guess: Guess) -> Text:
    """A guess, with a flame if it came close."""
    return Text.of("🔥 " if guess.near else "", inline(guess.text))


def _last(state: State, words: Words, cast: Cast) -> Text:
    if not state.ended:
        return Text()
    return Text.of(words.say("The last one:"), " ", told(state, state.ended[-1], words, cast))


def told(state: State, ended: Ended, words: Words, cast: Cast, most: int = SHOWN_SOLVERS) -> Text:
    """A riddle that is over, with its solution and who found it."""
    riddle = state.written.get(ended.by)
    if riddle is None:
        return words.say("(deleted)")
    solution: list[Part] = [riddle.emoji, " = ", bold(inline(riddle.solution))]
    author = words.say("a riddle by {name}", name=cast.name(ended.by))
    parts = [Text.of(*solution), author]
    if ended.solvers:
        names = listing(ended.solvers, words, cast, most)
        parts.append(words.say("found by {names}", names=names))
    else:
        parts.append(words.say("too good for us this time"))
    if ended.accepted is not None:
        parts.append(words.say("as “{guess}”", guess=inline(ended.accepted.text, SHOWN_GUESS)))
    return Text.join(", ", parts)


def _end(state: State, words: Words, cast: Cast) -> Text:
    if not state.ended:
        return words.say(
            "Nobody wrote a riddle this time. That's fine: three emoji for a film you love are "
            "enough for the next time."
        )
    solved = words.say(
        "Riddles that we solved together: {solved} of {all}.",
        solved=bold(words.number(sum(bool(ended.solvers) for ended in state.ended))),
        all=words.number(len(state.ended)),
    )
    newest = state.ended[-SHOWN_ENDED:]
    list_ = Text.join("\n", [Text.of("• ", told(state, ended, words, cast)) for ended in newest])
    ask = words.say("Which one did you like best? Tell its author.")
    return paragraphs([solved, list_, ask])
