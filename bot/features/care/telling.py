"""What could not be sent is told to moderators, once a day, where they can read it."""

from bot.commands import N_
from bot.context import Context
from bot.effects import AnyEffect, Button, Post, Urgency, from_json
from bot.events import Undelivered
from bot.features.care import findings, records, rooms
from bot.features.care.core import care
from bot.i18n import Words
from bot.surroundings import Tested
from bot.text import Text, bold, quote

WHAT_HAPPENED = {
    "refused": N_("I could not post in {room}: the platform refused it."),
    "gone": N_("I could not post in {room}: it is gone, or I may not write there."),
    "stale": N_("A post for {room} came too late, after an interruption. I left it out."),
    "doubt": N_(
        "The connection broke while I was posting in {room}. It may have arrived; "
        "I did not send it twice."
    ),
}
_CLOSED = ("refused", "gone")


def what_happened(words: Words, reason: str, room: str, detail: str) -> Text:
    """A failure in plain words; `detail` is what the platform said about it."""
    said = words.say(WHAT_HAPPENED[reason], room=bold(room))
    if reason not in _CLOSED or not detail.strip():
        return said
    return Text.of(said, "\n", quote(detail.strip()[:200]))


@care.on(Undelivered)
async def undelivered(ctx: Context, event: Undelivered) -> list[AnyEffect]:
    """Notes a post that was given up, and tells moderators if they don't know yet.

    Answers are left out (who waited for one can ask again), and so are private conversations,
    which are nobody else's business.
    """
    if ctx.group is None or event.chat.private or event.reason not in WHAT_HAPPENED:
        return []
    if from_json(event.effect).urgency is Urgency.ANSWER:
        return []
    to = ctx.here.moderators_chat
    reachable = ctx.here.active and (event.reason not in _CLOSED or to != event.chat)
    room = rooms.called(ctx.words, ctx.here, event.chat.room, await rooms.titles(ctx))
    if not await records.note(
        ctx.tx, ctx.here.id, event.reason, ctx.now, room, event.detail, telling=reachable
    ):
        return []
    if event.reason in _CLOSED:
        ctx.check([event.chat])
        return []
    return [_news(ctx, what_happened(ctx.words, event.reason, room, event.detail))]


@care.on(Tested)
async def tested(ctx: Context, event: Tested) -> list[AnyEffect]:
    """Tells the failure together with what is missing, or with the platform's words for it."""
    about, known = event.about, await rooms.titles(ctx)
    room = rooms.called(ctx.words, ctx.here, about.chat.room, known)
    wrong = [finding for finding in event.findings if not finding.ok]
    said = what_happened(ctx.words, about.reason, room, "" if wrong else about.detail)
    lines = [findings.line(ctx.words, ctx.here, finding, known) for finding in wrong]
    return [_news(ctx, Text.join("\n", [said, *lines]))]


def _news(ctx: Context, said: Text) -> Post:
    button = Button(ctx.words.plain("Test everything"), "care.check")
    chat = ctx.here.moderators_chat
    return Post(chat=chat, text=said, buttons=((button,),), urgency=Urgency.ANSWER)
