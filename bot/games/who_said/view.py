"""Who said it?, in words."""

from bot.commands import N_
from bot.games.who_said.rules import GO_ON, PICK, Saying, State, Told, answers
from bot.i18n import Words
from bot.play import Board, Cast, Control, Effect
from bot.play.wording import cut, inline, name_labels
from bot.text import Part, Text, bold, code, quote

SAYING, PROMPT, BEGINNING = 300, 160, 70
"""Characters shown of what somebody said, of what was asked, and of an earlier saying."""
NOTES = {
    "late": N_("That round is over. The names of this one are on the board."),
    "own": N_("These are your own words, so you only watch. Don't give it away!"),
    "gone": N_("These words were taken back. The next ones are one tap away."),
    "again": N_("You have already picked; your first pick counts."),
    "passed": N_("You sit this round out. The next one is yours again."),
    "lacking": N_(
        "There are not enough answers yet. This game lives on answers to prompts by at least "
        "three people who agreed to it; {answers} is where you agree."
    ),
}


def board(state: State, words: Words, cast: Cast) -> Board:
    """The saying and the names, or how it ended."""
    if state.over:
        return Board(_ended(state, words, cast))
    number, of = words.number(state.number + 1), words.number(len(state.sayings))
    lines: list[Part] = []
    if state.told:
        lines += [_last(state, state.told[-1], words, cast), ""]
    lines.append(bold(str(words.say("Round {number} of {all}", number=number, all=of))))
    if not state.saying.text:
        lines.append(_taken_back(words))
        return Board(Text.join("\n", lines), ((Control(words.plain("Go on"), GO_ON),),))
    lines += _question(state.saying, words)
    lines.append(words.say("Who said it? Pick a name. If it was you, keep a straight face."))
    if count := answers(state):
        lines.append(words.say_n("{n} person has picked.", "{n} people have picked.", count))
    return Board(Text.join("\n", lines), _names(state, cast))


def _question(saying: Saying, words: Words) -> list[Part]:
    asked = bold(inline(saying.source, PROMPT))
    head = words.say("The question was: {question}", question=asked) if saying.source else ""
    return [*([head] if head else []), quote(cut(saying.text, SAYING))]


def _taken_back(words: Words) -> Text:
    """Nothing else is told: neither the words nor who it was."""
    return words.say("These words were taken back.")


def _names(state: State, cast: Cast) -> tuple[tuple[Control, ...], ...]:
    """Two names in a row: they can be long."""
    labels = name_labels([cast.name(number) for number in state.names])
    controls = [
        Control(label, PICK, f"{state.number + 1}.{index}") for index, label in enumerate(labels)
    ]
    return tuple(tuple(controls[at : at + 2]) for at in range(0, len(controls), 2))


def _last(state: State, told: Told, words: Words, cast: Cast) -> Text:
    """The solution of the round before, and an invitation to go on talking about it."""
    saying = state.sayings[told.number]
    if not saying.text:
        return _taken_back(words)
    name, said = cast.name(saying.by), inline(saying.text, BEGINNING)
    lines = [words.say("Last one: “{text}” was {name}.", text=said, name=bold(name))]
    knew = [
        words.say(
            "{side}: {knew} of {all} knew",
            side=cast.side(side),
            knew=words.number(told.knew[side]),
            all=words.number(could),
        )
        for side, could in enumerate(told.could)
        if could
    ]
    lines += [Text.join(" · ", knew)] if knew else []
    if saying.by in state.sides:
        lines.append(words.say("{name}, is there a story behind it?", name=name))
    else:
        lines.append(words.say("Ask {name} for the story behind it.", name=name))
    return Text.join("\n", lines)


def _ended(state: State, words: Words, cast: Cast) -> Text:
    """The last solution, and who said what before."""
    lines: list[Part] = []
    if state.told:
        lines.append(_last(state, state.told[-1], words, cast))
    earlier = [state.sayings[told.number] for told in state.told[:-1]]
    known = [_who(saying, words, cast) for saying in earlier if saying.text]
    if known:
        lines += ["", bold(words.plain("Who said what")), *known]
    return Text.join("\n", lines or [words.say("It ended before anything was guessed.")])


def _who(saying: Saying, words: Words, cast: Cast) -> Text:
    said = inline(saying.text, BEGINNING)
    return words.say("• {name}: “{text}”", name=cast.name(saying.by), text=said)


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """What a move is answered with."""
    if said.key == "picked":
        name = cast.name(int(said.args["name"]))
        return words.say("You picked {name}. Soon you'll know.", name=name)
    return words.say(NOTES[said.key], answers=code("/game answers"))
