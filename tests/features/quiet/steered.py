"""Moderators of a group in which quiet members can be named, for dialogues."""

from datetime import timedelta

from sqlalchemy import select

from bot.features.quiet import settings
from bot.features.quiet.reasons import Kind
from bot.features.quiet.settings import Settings
from bot.features.quiet.tables import occasions, people
from bot.refs import MemberRef
from bot.store import groups, members
from bot.store.groups import Group
from bot.store.schema import roster
from tests.dialogue import Actor, Talk
from tests.stages.base import Line

SUBJECT = "What stands on your desk?"
ASKED = "May they be named?"
JOINED = timedelta(days=90)


async def group_of(talk: Talk) -> Group:
    """The only group of a dialogue."""
    async with talk.app.database.read() as tx:
        (group,) = await groups.active(tx)
    return group


async def ref_of(talk: Talk, name: str) -> MemberRef:
    """Somebody in it."""
    async with talk.app.database.read() as tx:
        row = await tx.first(roster.select().where(roster.c.name == name))
    assert row is not None
    return MemberRef.parse(row.member)


async def chosen(talk: Talk) -> Settings:
    """What the moderators decided."""
    group = await group_of(talk)
    async with talk.app.database.read() as tx:
        return await settings.of_group(tx, group.id)


async def choose(talk: Talk, **values: object) -> None:
    """Decides for them."""
    group = await group_of(talk)
    async with talk.app.database.write() as tx:
        await settings.change(tx, group.id, **values)


async def moderator(talk: Talk) -> Actor:
    """Ann, to whom the bot may write, in a group that was looked at just now."""
    ann = await talk.person("Ann", moderator=True)
    await ann.opens_private()
    group = await group_of(talk)
    async with talk.app.database.write() as tx:
        await groups.change(tx, group.id, ready=True)
        await settings.change(tx, group.id, reviewed_at=talk.clock.now())
    talk.bot.hears_nothing_more()
    return ann


async def quiet_person(talk: Talk, name: str) -> Actor:
    """Somebody who joined three months ago and wrote nothing yet."""
    made = await talk.person(name)
    group, member = await group_of(talk), str(await ref_of(talk, name))
    since, now = talk.clock.now() - JOINED, talk.clock.now()
    row = {"group_id": group.id, "member": member}
    found = {"kind": Kind.NEW, "since": since, "due_at": now + 4 * JOINED, "draw": 0.5}
    async with talk.app.database.write() as tx:
        await tx.put(roster, row | {"name": name, "joined_at": since, "is_bot": False})
        await tx.put(people, row | found)
    talk.bot.hears_nothing_more()
    return made


async def staff_room(talk: Talk) -> None:
    """The moderators have a room of their own."""
    await talk.stage.room("staff")
    await talk.settled()
    group = await group_of(talk)
    rooms = await talk.app.adapters[0].rooms(group.chat)
    room = next(place.chat.room for place in rooms if place.title == "staff")
    async with talk.app.database.write() as tx:
        await groups.change(tx, group.id, moderators_room=room)


async def prompt_comes(talk: Talk, ann: Actor, subject: str = SUBJECT, at: str = "9:00") -> None:
    """A prompt is planned, and announced at once: less than a day lies before it."""
    await ann.says(f"/prompt add {subject}")
    await ann.says(f"/prompt schedule Mondays at {at}")
    await talk.later(minutes=1)


def lines_with(talk: Talk, *parts: str) -> list[Line]:
    """Everything the bot said that holds all the parts."""
    return [n for n in talk.stage.lines() if all(part in n.text for part in parts)]


async def asked(talk: Talk, ann: Actor, *names: str) -> Line:
    """The question whether these people may be named in the coming prompt."""
    for name in names or ("Ben",):
        await quiet_person(talk, name)
    await prompt_comes(talk, ann)
    return await talk.bot.posts(ASKED)


async def drawn(talk: Talk) -> set[str]:
    """The names of those for whom a lot was drawn once the post was out."""
    await talk.later(hours=3)
    assert lines_with(talk, SUBJECT)
    group = await group_of(talk)
    async with talk.app.database.read() as tx:
        rows = await tx.all(select(occasions.c.member))
        names = await members.present_among(tx, group.id, [row.member for row in rows])
    return set(names.values())


def question(talk: Talk) -> Line:
    """The post in the moderators' room as it stands."""
    return [line for line in lines_with(talk, "Coming: ", SUBJECT) if not line.only_for][-1]


async def presses(talk: Talk, actor: Actor, label: str) -> None:
    """Presses what reads so under the question; names in it are set apart by invisible marks."""
    line = question(talk)
    plain = {b.replace("\u2068", "").replace("\u2069", ""): b for b in line.buttons}
    await actor.presses(line, plain[label])
