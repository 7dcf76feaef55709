"""The chain in words."""

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.chain.rules import LONGEST, SHORTEST, Chain
from bot.i18n import LANGUAGES, Words, closest
from bot.play import NOBODY, Board, Cast, Control, Effect, Note
from bot.text import Part, Text, bold

SHOWN = 8
"""The last words that the board shows while the game goes on."""
MOST_SHOWN = 1200
"""Characters of the whole chain at the end."""
GAP = "…"
NOTES = {
    "one": N_("Just one word, please, with letters only."),
    "short": N_("A bit longer, please: at least {n} letters."),
    "letter": N_("The next word begins with {letter}, and “{word}” doesn't."),
    "late": N_(
        "Somebody was faster: the next word begins with {letter} now. “{word}” has to wait."
    ),
    "unknown": N_("“{word}” isn't in the dictionary."),
    "again": N_("The last word was yours: let somebody else go on."),
    "free": N_("Nobody has to: whoever has a word writes it."),
}
USED_BY = N_("“{word}” was used already, by {name}.")
GIVEN = N_("“{word}” is the word that it all began with.")


def board(state: Chain, words: Words, cast: Cast) -> Board:
    """The last words and what is asked, or the whole chain at the end."""
    if state.until is None:
        return Board(_ended(state, words, cast))
    parts: list[Part] = [_chain(state, words), "\n", _last(state, words, cast), "\n\n"]
    parts += [_asks(state, words)]
    if state.hint:
        hint = bold(f"{state.hint}{GAP}")
        parts += ["\n", words.say("A hint: there is one that begins with {hint}", hint=hint)]
    parts += ["\n\n", _how(state, words), "\n", _progress(state, words)]
    return Board(Text.of(*parts), ((_write(state, words),),))


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """Why a word didn't count."""
    word = str(said.args.get("word", ""))
    if said.key == "used":
        seat = int(said.args["seat"])
        if seat == NOBODY:
            return words.say(GIVEN, word=word)
        if isinstance(said, Note) and seat == said.seat:
            return words.say("You wrote “{word}” already.", word=word)
        return words.say(USED_BY, word=word, name=cast.name(seat))
    letter = str(said.args.get("letter", "")).upper()
    n = str(said.args.get("n", ""))
    return words.say(NOTES[said.key], word=word, letter=letter, n=n)


def _shown(state: Chain) -> list[str]:
    return [state.first, *(link.word or GAP for link in state.links)]


def _chain(state: Chain, words: Words) -> Text:
    *before, last = _shown(state)[-SHOWN:]
    start = f"{GAP} → " if len(state.links) >= SHOWN else ""
    return Text.of(start, *(f"{word} → " for word in before), bold(last))


def _last(state: Chain, words: Words, cast: Cast) -> Text:
    if not state.links:
        return words.say("That's the word to begin with.")
    name = cast.name(state.last)
    return words.say("{name} wrote the last word; the next one is for anybody else.", name=name)


def _asks(state: Chain, words: Words) -> Text:
    return words.say(
        "Next: a word that begins with {letter} ({language})",
        letter=bold(state.letter.upper()),
        language=LANGUAGES[closest(state.language)],
    )


def _how(state: Chain, words: Words) -> Text:
    return words.say(
        "Reply with one word of {n} letters or more. Anybody may, only nobody twice in a row.",
        n=str(SHORTEST),
    )


def _progress(state: Chain, words: Words) -> Text:
    done = str(len(state.links))
    count = words.say("Words: {done} of {goal}", done=done, goal=str(state.goal))
    if not state.writers:
        return count
    by = words.say_n("by {n} person", "by {n} people", len(state.writers))
    return Text.of(count, ", ", by)


def _write(state: Chain, words: Words) -> Control:
    label = words.plain("Write a word")
    field = Field(
        name="word",
        label=words.plain("Your word"),
        placeholder=f"{state.letter.upper()}{GAP}",
        max_length=LONGEST,
    )
    arg = str(len(state.links))
    return Control(label, "word", arg, look=Look.MAIN, title=label, form=(field,))


def _ended(state: Chain, words: Words, cast: Cast) -> Text:
    if not state.links:
        return words.say("No word came this time. It began with {word}.", word=bold(state.first))
    return Text.of(
        _outcome(state, words), "\n", _longest(state, words, cast), "\n\n", _whole(state)
    )


def _outcome(state: Chain, words: Words) -> Text:
    people = words.say_n("{n} person", "{n} people", len(state.writers))
    n = len(state.links)
    if state.reached:
        return words.say("All {goal} words found, by {people}!", goal=str(n), people=people)
    return words.say_n(
        "The chain is {n} word long, by {people}.",
        "The chain is {n} words long, by {people}.",
        n,
        people=people,
    )


def _longest(state: Chain, words: Words, cast: Cast) -> Text:
    longest = max(state.links, key=lambda link: len(link.word))
    if not longest.word:
        return Text()
    return words.say(
        "The longest word: {word}, from {name}.",
        word=bold(longest.word),
        name=cast.name(longest.seat),
    )


def _whole(state: Chain) -> str:
    chain = " → ".join(_shown(state))
    return chain if len(chain) <= MOST_SHOWN else f"{GAP}{chain[-MOST_SHOWN:]}"
