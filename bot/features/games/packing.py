"""`/game pack`: moderators bring packs of own questions and look after them."""

from collections.abc import Awaitable, Callable

from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import AnyEffect, Attachment
from bot.events import ChoiceMade, CommandGiven, CommunityChanged, File, Opened
from bot.features.games import pack_records as records
from bot.features.games import pack_views as views
from bot.features.games.beginning import Supplied, supplies
from bot.features.games.core import Follows, games, number_in
from bot.features.games.pack_reading import Read, read
from bot.features.games.pack_records import Pack
from bot.features.games.pack_tables import NAME_LENGTH
from bot.features.games.plays import Played
from bot.i18n import closest
from bot.play import PACKS
from bot.text import clean, code

MOST_PACKS = 10
ONE_GAME = 8
"""Questions for one game: all of them come up."""

PACK = Command(
    "game pack",
    N_("Add a pack of your own questions, or look after your packs"),
    (Param("file", N_("A pack as a TOML file; without it I show your packs"), Kind.FILE, False),),
    moderator=True,
)


@supplies(PACKS)
async def supply(ctx: Context, played: Played) -> Supplied:
    """Questions of the community's packs, those that waited longest first. They have no authors."""
    spoken = closest(played.language)
    drawn = await records.draw(ctx.tx, played.community, spoken, ONE_GAME, ctx.now, ctx.rng)
    return drawn, ()


@games.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> None:
    """Packs stay with a community as long as it has a group; the last one takes them along."""
    if event.emptied:
        await records.move(ctx.tx, event.before, event.after)


@games.command(PACK)
async def pack(ctx: Context, event: CommandGiven) -> Follows:
    """Shows what a file holds and asks whether to keep it; without a file, shows the packs."""
    file = event.files.get("file")
    return [await (_listed(ctx) if file is None else _brought(ctx, file))]


async def _brought(ctx: Context, file: File) -> AnyEffect:
    shown = " ".join(clean(file.name).split())[:NAME_LENGTH]
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        said = ctx.own.say("{file} is no text in UTF-8. Nothing was kept.", file=code(shown))
        return ctx.panel(said)
    found = await read(text)
    if found.faults:
        return ctx.panel(views.faulty(shown, found.faults, ctx.own))
    return await _offered(ctx, _name(ctx, file), text, found)


def _name(ctx: Context, file: File) -> str:
    """The pack is called as its file, without the ending."""
    stem, dot, ending = clean(file.name).rpartition(".")
    name = " ".join((stem if dot else ending).replace("_", " ").split())[:NAME_LENGTH].strip()
    return name if records.same(name) else ctx.words.plain("Our own questions")


async def _offered(ctx: Context, name: str, text: str, found: Read) -> AnyEffect:
    old = await records.by_name(ctx.tx, ctx.here.community, name)
    if old is None and (full := await _full(ctx)) is not None:
        return full
    number = await records.wait(ctx.tx, ctx.here.community, name, text, ctx.now)
    buttons = views.deciding(number, ctx.own, replaces=old is not None)
    return ctx.panel(views.preview(name, found, old, ctx.own), buttons=buttons)


async def _full(ctx: Context) -> AnyEffect | None:
    if len(await records.of_community(ctx.tx, ctx.here.community)) < MOST_PACKS:
        return None
    said = ctx.own.say(
        "You have {most} packs, and more can't be kept. Delete one of them first with {command}.",
        most=str(MOST_PACKS),
        command=code(views.COMMAND),
    )
    return ctx.panel(said)


@games.choice("pack-keep", moderator=True)
async def keep(ctx: Context, event: ChoiceMade) -> Follows:
    """Keeps a pack that waited."""
    return [await _kept(ctx, event, over=False)]


@games.choice("pack-over", moderator=True)
async def replace(ctx: Context, event: ChoiceMade) -> Follows:
    """Keeps it in place of the one of the same name."""
    return [await _kept(ctx, event, over=True)]


async def _kept(ctx: Context, event: ChoiceMade, *, over: bool) -> AnyEffect:
    number, community = number_in(event.choice), ctx.here.community
    name, text = await records.waiting(ctx.tx, community, number, ctx.now) or ("", "")
    found = await read(text)
    if not found.items:
        return ctx.panel(ctx.own.say("This file waits no longer. Give it once more."))
    old = await records.by_name(ctx.tx, community, name)
    if old is not None and not over:
        buttons = views.deciding(number, ctx.own, replaces=True)
        return ctx.panel(views.preview(name, found, old, ctx.own), buttons=buttons)
    if old is None and (full := await _full(ctx)) is not None:
        return full
    await records.keep(ctx.tx, number, found.items, found.language, old)
    said = ctx.own.say_n(
        "{pack} is kept. Its {n} question comes up in trivia from the next game on.",
        "{pack} is kept. Its {n} questions come up in trivia from the next game on.",
        len(found.items),
        pack=views.name_of(name),
    )
    return ctx.panel(said)


@games.choice("pack-not", moderator=True)
async def dismiss(ctx: Context, event: ChoiceMade) -> Follows:
    """Forgets a pack that waited."""
    number = number_in(event.choice)
    if await records.waiting(ctx.tx, ctx.here.community, number, ctx.now):
        await records.drop(ctx.tx, number)
    return [ctx.panel(ctx.own.say("The file was not kept."))]


async def _listed(ctx: Context) -> AnyEffect:
    known = await records.of_community(ctx.tx, ctx.here.community)
    text, menu = views.listing(known, ctx.own)
    return ctx.panel(text, menu=menu)


@games.choice("pack-list", moderator=True)
async def back(ctx: Context, event: ChoiceMade) -> Follows:
    """Shows all packs again."""
    return [await _listed(ctx)]


Doing = Callable[[Context, Pack], Awaitable[AnyEffect]]


def _about(what: str) -> Callable[[Doing], Doing]:
    """What a button does with a pack, if it is still there."""

    def register(doing: Doing) -> Doing:
        async def does(ctx: Context, event: ChoiceMade) -> Follows:
            found = await records.find(ctx.tx, ctx.here.community, number_in(event.choice))
            if found is None:
                return [ctx.panel(ctx.own.say("This pack is gone."))]
            return [await doing(ctx, found)]

        games.choice(what, moderator=True)(does)
        return doing

    return register


@_about("pack-show")
async def show(ctx: Context, found: Pack) -> AnyEffect:
    """One pack, and what can be done with it."""
    text, buttons = views.details(found, ctx.own)
    return ctx.panel(text, buttons=buttons)


@_about("pack-on")
async def switch_on(ctx: Context, found: Pack) -> AnyEffect:
    """Its questions come up."""
    return await _switched(ctx, found, active=True)


@_about("pack-off")
async def switch_off(ctx: Context, found: Pack) -> AnyEffect:
    """Its questions don't come up."""
    return await _switched(ctx, found, active=False)


async def _switched(ctx: Context, found: Pack, *, active: bool) -> AnyEffect:
    await records.switch(ctx.tx, found.id, active=active)
    now = await records.find(ctx.tx, ctx.here.community, found.id)
    return await show(ctx, now or found)


@_about("pack-file")
async def export(ctx: Context, found: Pack) -> AnyEffect:
    """Gives the file as it was brought. It holds the answers: nobody else is shown it."""
    text = await records.text_of(ctx.tx, found.id)
    file = Attachment(views.file_name(found.name), text.encode())
    said = ctx.own.say("The file of {pack}.", pack=views.name_of(found.name))
    return ctx.whisper(said, attachment=file, public_ok=False, payload="games-packs")


@games.opened("packs")
async def opened(ctx: Context, event: Opened) -> Follows:
    """Somebody came to the private conversation for a file."""
    said = ctx.own.say("Here I can send you files. Press the button in the group once more.")
    return [ctx.whisper(said)]


@_about("pack-drop")
async def ask_to_drop(ctx: Context, found: Pack) -> AnyEffect:
    """Asks whether they are sure."""
    text, buttons = views.deleting(found, ctx.own)
    return ctx.panel(text, buttons=buttons)


@_about("pack-gone")
async def drop(ctx: Context, found: Pack) -> AnyEffect:
    """They are sure."""
    await records.drop(ctx.tx, found.id)
    return ctx.panel(ctx.own.say("{pack} is deleted.", pack=views.name_of(found.name)))
