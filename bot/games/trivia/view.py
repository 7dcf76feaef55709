"""What people see of trivia."""

from bot.commands import N_, Field
from bot.effects import Look
from bot.games.trivia.asking import PACK, Question
from bot.games.trivia.quiz import Given, Quiz, Reveal, answers, awaited, given_by
from bot.games.trivia.rules import ANSWER, PICK, TYPE
from bot.i18n import Words
from bot.play import NOBODY, Board, Cast, Control, Effect, Note
from bot.play.board import LABEL_LENGTH
from bot.play.wording import cut, named, one_line, paragraphs
from bot.text import Part, Text, bold, clean, isolated

MOST_SHOWN = 300
"""Characters of a pack's question or fact."""
MOST_ANSWER = 100
LETTERS = "ABCD"

SENTENCES = {
    "capital": N_("{about}: what is the capital?"),
    "whose": N_("Which country has this capital: {about}?"),
    "flag": N_("Which country has this flag: {about}?"),
    "neighbour": N_("{about}: which of these countries has a land border with it?"),
    "peopled": N_("In which of these countries do the most people live?"),
    "money": N_("In which of these countries do people pay with this money: {about}?"),
    "sign": N_("In which country does this sign stand on prices: {about}?"),
    "speaks": N_("In which of these countries is this an official language: {about}?"),
    "itself": N_("Which country is called {about} at home?"),
    "borders": N_("{about}: how many countries does it have a land border with?"),
    "word": N_("In which language is this the word for {extra}: {about}?"),
    "tongue": N_("Which language is called {about} by those who speak it?"),
    "meaning": N_("A word in this language: {extra}. What does {about} mean?"),
}
TALK = {
    "been": N_("Has anybody here been there ({of})? Tell the others."),
    "speaks": N_("Who here speaks it ({of})? Teach the others a word."),
}
NOTES = {
    "unseated": N_("You don't sit at this table yet. Join the game, then your answers count."),
    "late": N_("That question is over. The next one is on the board."),
    "stays": N_("You are through with this question. The next one comes soon."),
    "passed": N_("You leave this one out."),
    "private": N_(
        "In a slow game only answers by the button count, so that the others can still think."
    ),
    "empty": N_("There was nothing in it. Type your answer once more."),
    "right": N_("That's it. Keep it to yourself until the question is over."),
    "lacking": N_("No questions could be found in this language."),
}
VERDICTS = {
    "close": N_("Close, but not quite: look at the spelling."),
    "higher": N_("It is more than that."),
    "lower": N_("It is less than that."),
    "wrong": N_("That isn't it."),
}


def board(state: Quiz, words: Words, cast: Cast) -> Board:
    """The question with its buttons, under the solution of the one before."""
    parts = [_solution(state.last, words, cast) if state.last else _teams(state, words, cast)]
    if state.ended:
        parts.append(words.say("That was the last question."))
        parts.append(_standing(state, words, cast))
        return Board(paragraphs(parts))
    question = state.question
    head = words.say(
        "Question {n} of {all}", n=str(state.number + 1), all=str(len(state.questions))
    )
    parts += [Text.of(head, "\n", bold(str(_sentence(question, words)))), _how(state, words)]
    if state.last:
        parts.append(_standing(state, words, cast))
    return Board(paragraphs(parts), _rows(state, words), types=state.live or bool(question.choices))


def hand(state: Quiz, seat: int, words: Words) -> Board | None:
    """The question once more, and what this seat has done with it or can do."""
    if state.ended or seat not in state.seats:
        return None
    asked = bold(str(_sentence(state.question, words)))
    given = given_by(state, seat)
    if not given.done:
        return Board(
            Text.join("\n", [asked, *_lettered(state.question, words)]), _rows(state, words)
        )
    return Board(Text.join("\n\n", [asked, _done(state.question, given, words)]))


def _done(question: Question, given: Given, words: Words) -> Text:
    if given.choice >= 0:
        return words_of(Note(NOBODY, "noted", {"choice": question.choices[given.choice]}), words)
    note = NOTES["right"] if given.right else NOTES["stays"]
    return words.say(note)


def words_of(said: Effect, words: Words) -> Text:
    """A note in words."""
    if said.key in VERDICTS:
        left = said.args.get("left")
        return Text.of(words.say(VERDICTS[said.key]), " ", _left(left, words))
    if said.key == "noted":
        choice = _short(str(said.args.get("choice", "")), MOST_ANSWER)
        return words.say("Your answer: {choice}. It stays.", choice=bold(choice))
    return words.say(NOTES.get(said.key, NOTES["late"]))


def _left(left: object, words: Words) -> Text:
    if not isinstance(left, int) or left < 1:
        return words.say("That was your last try.")
    return words.say_n("One more try.", "{n} more tries.", left)


def _sentence(question: Question, words: Words) -> Text:
    if question.kind == PACK:
        return Text.of(_short(question.about, MOST_SHOWN))
    about, extra = isolated(question.about), isolated(question.extra)
    return words.say(SENTENCES[question.kind], about=about, extra=extra)


def _how(state: Quiz, words: Words) -> Text:
    """How to answer, and how many have."""
    if state.question.choices:
        how = Text.join("\n", [*_lettered(state.question, words), words.say("Press your answer.")])
    elif state.live:
        how = words.say(
            "Reply to this message: said aloud, the answer counts for your whole team. Or type it "
            "in private with the button: then it counts for you, and the others go on thinking."
        )
    else:
        how = words.say("Type your answer in private with the button.")
    count = answers(state)
    told = words.say_n("One has answered.", "{n} have answered.", count) if count else None
    waiting = len(awaited(state))
    rest = words.say_n("One to go.", "{n} to go.", waiting) if count and waiting else None
    return Text.join(" ", [part for part in (how, told, rest) if part])


def _is_long(question: Question) -> bool:
    return any(len(clean(choice)) > LABEL_LENGTH for choice in question.choices)


def _lettered(question: Question, words: Words) -> list[Part]:
    """The choices in the text, where they don't fit onto buttons."""
    if not _is_long(question):
        return []
    shown = (_short(choice, MOST_ANSWER) for choice in question.choices)
    return [words.labelled(letter, choice) for letter, choice in zip(LETTERS, shown, strict=False)]


def _rows(state: Quiz, words: Words) -> tuple[tuple[Control, ...], ...]:
    question = state.question
    if not question.choices:
        label = words.plain("Your answer")
        control = Control(
            words.plain("Type an answer"),
            TYPE,
            str(state.number),
            look=Look.MAIN,
            title=words.plain("Type an answer"),
            form=(Field(ANSWER, label, max_length=MOST_ANSWER),),
            secret=True,
        )
        return ((control,),)
    long = _is_long(question)
    return tuple(
        (Control(LETTERS[n] if long else _line(choice), PICK, f"{state.number}.{n}"),)
        for n, choice in enumerate(question.choices)
    )


def _solution(last: Reveal, words: Words, cast: Cast) -> Text:
    question = last.question
    answer = bold(_short(question.answer, MOST_ANSWER))
    asked = isolated(question.about) if question.about and question.kind != PACK else ""
    lines: list[Part] = [
        words.say("The last one: {about} – {answer}", about=asked, answer=answer)
        if asked
        else words.say("The last one: {answer}", answer=answer)
    ]
    if question.fact:
        lines.append(_short(question.fact, MOST_SHOWN))
    if last.aloud != NOBODY:
        name = cast.name(last.aloud)
        lines.append(words.say("{name} said it aloud, for the whole team.", name=name))
    lines += [_tally(side, tally, words, cast) for side, tally in enumerate(last.tallies)]
    if question.talk:
        of = isolated(question.talk_of)
        lines.append(words.say(TALK[question.talk], of=of))
    return Text.join("\n", lines)


def _teams(state: Quiz, words: Words, cast: Cast) -> Text:
    """Who plays with whom."""
    lines = []
    for side in range(len(state.scores)):
        names = [cast.name(n) for n, s in state.seats.items() if s.side == side and s.here]
        if names:
            lines.append(words.labelled(cast.side(side), named(names, words)))
    return Text.join("\n", lines)


def _tally(side: int, tally: tuple[int, int], words: Words, cast: Cast) -> Text:
    right, heads = (str(number) for number in tally)
    return words.say(
        "{side}: {right} of {heads} had it", side=cast.side(side), right=right, heads=heads
    )


def _standing(state: Quiz, words: Words, cast: Cast) -> Text:
    """How the sides stand: their shares of what they could have."""
    shares = (
        Text.of(cast.side(side), " ", words.percent(score.points / score.best if score.best else 0))
        for side, score in enumerate(state.scores)
    )
    return Text.of(words.say("So far right, per head:"), " ", Text.join(" · ", shares))


def _line(text: str) -> str:
    return one_line(text) or "?"


def _short(text: str, most: int) -> str:
    return cut(_line(text), most)
