"""Human bingo in words: the group's progress, a card, the choice of a person, a question."""

from bot.effects import Look
from bot.games.bingo.rules import candidates
from bot.games.bingo.state import NONE_OPEN, SQUARES, Card, Question, State
from bot.games.bingo.statements import STATEMENTS
from bot.i18n import Words
from bot.play import NOBODY, Board, Cast, Control
from bot.play.wording import name_labels, named, paragraphs
from bot.text import Part, Text, bold, quote

SHOWN_FINDS, SHOWN_SEARCHES, SHOWN_NAMES = 4, 3, 5
IN_ROW, PAGE = 3, 12
"""People in a row and on a page of the choice."""
STEPS = 10
"""Boxes of the bar of progress."""


def board(state: State, words: Words, cast: Cast) -> Board:
    """What everybody sees: no card, only what was found and who is looked for."""
    parts = [_task(state, words), _progress(state, words), _finds(state, words, cast)]
    if state.over:
        return Board(paragraphs(parts))
    searches = state.put_to_room()[-SHOWN_SEARCHES:]
    parts += [_searches(state, searches, words, cast), _waiting(state, words, cast)]
    card = Control(words.plain("My card"), "card", look=Look.MAIN, opens_hand=True)
    mine = tuple(
        Control(str(words.labelled(words.plain("That's me"), str(n))), "yes", str(search.number))
        for n, search in enumerate(searches, 1)
    )
    rows = ((card,), mine) if mine else ((card,),)
    return Board(paragraphs(parts), rows)


def hand(state: State, seat: int, words: Words, cast: Cast) -> Board | None:
    """A card with a question that waits, or the choice of a person for a square."""
    card = state.cards.get(seat)
    if card is None or seat not in state.present:
        return None
    if state.over:
        return Board(_card(state, seat, card, words, cast))
    if card.opened == NONE_OPEN:
        return _own_card(state, seat, card, words, cast)
    question = state.waiting(seat, card.opened)
    if question is not None:
        return _under_way(question, card, words, cast)
    return _choice(state, seat, card, words, cast)


def _task(state: State, words: Words) -> Text:
    if state.over:
        return words.say("The cards are closed. Ask one another for the stories behind them.")
    return words.say(
        "Each card has nine statements. Press a number on yours and say who in the group it could "
        "be true of: that person is asked and says yes or no. If nobody comes to mind, ask the "
        "room."
    )


def _progress(state: State, words: Words) -> Text:
    cards = [state.cards[seat] for seat in state.cards if _counts(state, seat)]
    found = sum(card.found for card in cards)
    every = SQUARES * len(cards)
    full = -(-found * STEPS // every) if every else 0
    summary = words.say(
        "Squares found together: {found} of {every}. Lines of three: {lines}.",
        found=bold(words.number(found)),
        every=words.number(every),
        lines=bold(words.number(sum(card.lines for card in cards))),
    )
    return Text.of("🟩" * full + "⬜" * (STEPS - full), "\n", summary)


def _counts(state: State, seat: int) -> bool:
    return seat in state.present or state.cards[seat].found > 0


def _finds(state: State, words: Words, cast: Cast) -> Text:
    if not state.finds:
        return Text()
    lines: list[Part] = [bold(words.plain("Found out"))]
    for find in reversed(state.finds[-SHOWN_FINDS:]):
        told = words.say(
            "• {name}: {statement} (found by {finder})",
            name=cast.name(find.of),
            statement=words.plain(STATEMENTS[find.statement]),
            finder=cast.name(find.asker),
        )
        lines.append(told + " 🎯" if find.line else told)
    return Text.join("\n", lines)


def _searches(state: State, searches: list[Question], words: Words, cast: Cast) -> Text:
    lines: list[Part] = [
        words.say(
            "{n}. {name} is looking for somebody who can say: {statement}",
            n=words.number(n),
            name=cast.name(search.asker),
            statement=bold(words.plain(STATEMENTS[state.statement(search)])),
        )
        for n, search in enumerate(searches, 1)
    ]
    return Text.join("\n", lines)


def _waiting(state: State, words: Words, cast: Cast) -> Text:
    asked = [seat for seat in state.present if state.put_to(seat)]
    if not asked:
        return Text()
    counted = [f"{cast.name(seat)} ({words.number(len(state.put_to(seat)))})" for seat in asked]
    return words.say(
        "Questions wait for {names}. They are behind the button of the card.",
        names=named(counted, words, SHOWN_NAMES),
    )


def _own_card(state: State, seat: int, card: Card, words: Words, cast: Cast) -> Board:
    marks = [_mark(state, seat, square) for square in range(SQUARES)]
    squares = [
        Control(f"{square + 1} {mark}", "open", f"{square}.0") for square, mark in enumerate(marks)
    ]
    rows = _in_rows(squares)
    text = _card(state, seat, card, words, cast)
    questions = state.put_to(seat)
    if not questions:
        return Board(text, rows)
    number = str(questions[0].number)
    yes = Control(words.plain("Yes, that's me"), "yes", number, look=Look.MAIN)
    no = Control(words.plain("No, or I'd rather not say"), "no", number)
    return Board(text + "\n\n" + _put(state, questions, words, cast), (*rows, (yes,), (no,)))


def _mark(state: State, seat: int, square: int) -> str:
    if state.cards[seat].names[square] != NOBODY:
        return "✅"
    return "⏳" if state.waiting(seat, square) else "⬜"


def _card(state: State, seat: int, card: Card, words: Words, cast: Cast) -> Text:
    lines: list[Part] = [bold(words.plain("Your card: who can say this?"))]
    for square, statement in enumerate(card.statements):
        mark = _mark(state, seat, square)
        line = Text.of(f"{square + 1} {mark} ", words.plain(STATEMENTS[statement]))
        who = _who(state, seat, card, square, words, cast)
        lines.append(Text.of(line, " · ", who) if who else line)
    return Text.join("\n", lines)


def _who(state: State, seat: int, card: Card, square: int, words: Words, cast: Cast) -> Text:
    """Who stands in a square, is being asked, or said no last."""
    if card.names[square] != NOBODY:
        return Text.of(cast.name(card.names[square]))
    question = state.waiting(seat, square)
    if question is not None:
        return _asked(question, words, cast)
    if card.refused[square]:
        return words.say("not {name}", name=cast.name(card.refused[square][-1]))
    return Text()


def _asked(question: Question, words: Words, cast: Cast) -> Text:
    if question.of == NOBODY:
        return words.say("the room is asked")
    return words.say("{name} is asked", name=cast.name(question.of))


def _put(state: State, questions: list[Question], words: Words, cast: Cast) -> Text:
    first = questions[0]
    asked = words.say("{name} believes that this is you. True?", name=cast.name(first.asker))
    parts: list[Part] = [asked, quote(words.plain(STATEMENTS[state.statement(first)]))]
    if len(questions) > 1:
        more = words.say_n(
            "{n} more question waits for you.",
            "{n} more questions wait for you.",
            len(questions) - 1,
        )
        parts.append(more)
    return Text.join("\n", parts)


def _under_way(question: Question, card: Card, words: Words, cast: Cast) -> Board:
    text = Text.of(_opened(card, words), "\n\n", _asked(question, words, cast))
    undo = Control(words.plain("Take the question back"), "undo", str(question.number))
    return Board(text, ((undo, _back(words)),))


def _choice(state: State, seat: int, card: Card, words: Words, cast: Cast) -> Board:
    people = candidates(state, seat, card.opened)
    pages = max(1, -(-len(people) // PAGE))
    page = card.page % pages
    labels = name_labels([cast.name(person) for person in people])
    controls = [
        Control(shown, "ask", f"{card.opened}.{person}")
        for person, shown in zip(people, labels, strict=True)
    ][page * PAGE : (page + 1) * PAGE]
    last = [_back(words), Control(words.plain("🙋 Ask the room"), "room", str(card.opened))]
    if pages > 1:
        following = f"{card.opened}.{(page + 1) % pages}"
        last.append(Control(words.plain("More people"), "open", following))
    question = words.say("Who could it be?") if people else words.say("Everybody was asked.")
    text = Text.of(_opened(card, words), "\n\n", question)
    return Board(text, (*_in_rows(controls), tuple(last)))


def _opened(card: Card, words: Words) -> Text:
    return Text.of(bold(words.plain(STATEMENTS[card.statements[card.opened]])))


def _back(words: Words) -> Control:
    return Control(words.plain("« My card"), "back")


def _in_rows(controls: list[Control]) -> tuple[tuple[Control, ...], ...]:
    starts = range(0, len(controls), IN_ROW)
    return tuple(tuple(controls[start : start + IN_ROW]) for start in starts)
