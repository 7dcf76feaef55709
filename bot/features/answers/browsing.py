"""`/answers browse`: topics, the questions of a topic, and one question in full."""

from msgspec.structs import replace

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Menu, Option, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.fallback import split_text
from bot.features.answers import guard, reading, reading_views
from bot.features.answers.core import answers
from bot.features.answers.reading import Entry, Shelf
from bot.features.answers.rules import State
from bot.features.answers.searching import origins
from bot.features.answers.site import links
from bot.text import Text, bold, code

PAGE = 8
"""Questions on one page of a topic."""
TOPICS = 24
"""Topics in the menu: with the rest as one more line, what a menu holds everywhere."""
MARGIN = 60
"""Characters that a platform may need beside the text itself."""


@answers.command(Command("answers browse", N_("Browse the kept answers by topic")))
async def browse(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The topics, or all questions where there are no topics yet."""
    return [await _topics(ctx)]


@answers.choice("browse")
async def back_to_topics(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same, in place of what was read."""
    return [await _topics(ctx, in_place=True)]


async def _topics(ctx: Context, *, in_place: bool = False) -> Whisper:
    if ctx.group is None:
        return ctx.whisper(ctx.own.say("This works in the group, not here."), in_place=in_place)
    shelves = await reading.shelves(ctx.tx, ctx.here.community)
    if not shelves:
        empty = ctx.own.say(
            "No question is kept here yet. {ask} asks the first one.", ask=code("/ask")
        )
        return ctx.whisper(empty, in_place=in_place)
    if len(shelves) == 1:
        return await _shelf(ctx, shelves[0], shelves, 0, in_place=in_place)
    menu = reading_views.topics_menu(ctx.own, _fitting(shelves))
    total = sum(shelf.questions for shelf in shelves)
    text = ctx.own.say_n("{n} question is kept.", "{n} questions are kept.", total)
    page = _as_page(ctx, ctx.here.community, links.INDEX)
    return ctx.whisper(text, menu=menu, buttons=(page,) if page else (), in_place=in_place)


def _as_page(ctx: Context, community: int, path: str) -> tuple[Button, ...]:
    """A link to a page, where pages are served."""
    address = ctx.around.page(community, path)
    return (Button(ctx.own.plain("Open as a page"), url=address),) if address else ()


def _fitting(shelves: list[Shelf]) -> list[Shelf]:
    rest = [shelf for shelf in shelves if not shelf.topic]
    return [shelf for shelf in shelves if shelf.topic][:TOPICS] + rest


@answers.choice("topic")
async def topic(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """A page of a topic's questions."""
    number, page = _numbers(event, 2)
    if ctx.group is None:
        return [await _topics(ctx, in_place=True)]
    shelves = await reading.shelves(ctx.tx, ctx.here.community)
    shelf = next((one for one in shelves if one.topic == number), None)
    if shelf is None:
        return [await _topics(ctx, in_place=True)]
    return [await _shelf(ctx, shelf, shelves, page, in_place=True)]


async def _shelf(
    ctx: Context, shelf: Shelf, shelves: list[Shelf], page: int, *, in_place: bool
) -> Whisper:
    last = (shelf.questions - 1) // PAGE
    page = min(page, last)
    found = await reading.on_shelf(ctx.tx, ctx.here.community, shelf.topic, PAGE, page * PAGE)
    name = reading_views.shelf_name(ctx.own, shelf, alone=len(shelves) == 1)
    lines = [Text.of(bold(name)), *(reading_views.line(ctx.own, entry) for entry in found)]
    options = tuple(
        Option(
            reading_views.label(entry.question.text),
            f"answers.read:{entry.question.id}.0.{shelf.topic}.{page}",
        )
        for entry in found
    )
    buttons = _turning(ctx, f"answers.topic:{shelf.topic}.{{page}}", page, last)
    if len(shelves) > 1:
        buttons += (Button(ctx.own.plain("All topics"), "answers.browse"),)
    else:
        buttons += _as_page(ctx, ctx.here.community, links.INDEX)
    return ctx.whisper(
        Text.join("\n", lines),
        buttons=(buttons,) if buttons else (),
        menu=Menu(ctx.own.plain("Open one in full"), options) if options else None,
        in_place=in_place,
    )


def _turning(ctx: Context, pattern: str, page: int, last: int) -> tuple[Button, ...]:
    row = []
    if page > 0:
        row.append(Button(ctx.own.plain("◀ Back"), pattern.format(page=page - 1)))
    if page < last:
        row.append(Button(ctx.own.plain("More ▶"), pattern.format(page=page + 1)))
    return tuple(row)


@answers.choice("open")
async def opened(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """One question in full, beside what it was chosen from."""
    (number,) = _numbers(event, 1)
    return [await shown_in_full(ctx, number)]


@answers.choice("read")
async def read(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """One question in full, in place; the last two numbers are the topic's page it is from."""
    number, page, *origin = _numbers(event, 2)
    place = (origin[0], origin[1]) if len(origin) == 2 else None
    return [await shown_in_full(ctx, number, page, place, in_place=True)]


async def shown_in_full(
    ctx: Context,
    number: int,
    page: int = 0,
    origin: tuple[int, int] | None = None,
    *,
    in_place: bool = False,
) -> Whisper:
    """A question with all its answers, a screenful at a time."""
    entry = await reading.entry(ctx.tx, number)
    if entry is None or not await guard.enters(ctx, entry.question):
        return guard.gone(ctx) if in_place else replace(guard.gone(ctx), edits_choice=False)
    elsewhere = (await origins(ctx, [entry])).get(entry.question.group_id, "")
    limit = ctx.capabilities(ctx.event.chat).text_limit - MARGIN
    pages = split_text(reading_views.full(ctx.own, entry, elsewhere), limit)
    page = min(page, len(pages) - 1)
    place = f".{origin[0]}.{origin[1]}" if origin else ""
    rows = [
        _turning(ctx, f"answers.read:{number}.{{page}}{place}", page, len(pages) - 1),
        *_doing(ctx, entry),
        (_to_topic(ctx, origin),) if origin else (),
    ]
    return ctx.whisper(pages[page], buttons=tuple(row for row in rows if row), in_place=in_place)


def _doing(ctx: Context, entry: Entry) -> Buttons:
    question, here = entry.question, ctx.group is not None
    first: list[Button] = []
    if question.state == State.OPEN and here:
        first.append(Button(ctx.own.plain("Answer"), f"answers.answer:{question.id}"))
    first += _as_page(ctx, question.community, links.question(question.id))
    return tuple(first), reading_views.outdated_buttons(ctx.own, entry.answers) if here else ()


def _to_topic(ctx: Context, origin: tuple[int, int]) -> Button:
    topic_number, page = origin
    return Button(ctx.own.plain("◀ To the list"), f"answers.topic:{topic_number}.{page}")


def _numbers(event: ChoiceMade, least: int) -> list[int]:
    """The numbers of a button; 0 for each that is missing."""
    found = list(guard.numbers_in(event))
    return found + [0] * (least - len(found))
