"""What follows when a question is opened, answered, solved, reworded or withdrawn.

Every other module goes through here, so that the search, the clock, the post and the people who
helped always learn of it. Each function returns what is to be sent.
"""

from msgspec.structs import replace

from bot.context import Context
from bot.effects import Delete, Edit, React, Urgency
from bot.feature import Follows
from bot.features.answers import choices, given, inviting, questions, views, wanting
from bot.features.answers.core import post_name
from bot.features.answers.given import Given
from bot.features.answers.memory import erase
from bot.features.answers.questions import Question
from bot.features.answers.rules import (
    FOLLOW_UP,
    LISTEN_SECONDS,
    SOLVED_MARK,
    State,
    fingerprint,
    tidy,
)
from bot.features.answers.sorting import assign
from bot.features.answers.tables import given as given_table
from bot.features.answers.tables import travels
from bot.features.answers.thanking import thank, unthank
from bot.features.answers.travelling import brought_home
from bot.features.answers.weekly import await_report
from bot.i18n import Words
from bot.refs import MemberRef, MessageRef
from bot.store import groups
from bot.store.groups import Group
from bot.waking import after_waking

CARRY = "carry"
"""The kind of `Due` that carries a question to people, with its number."""
ASK_WHETHER_IT_WORKED = "worked"
"""The kind of `Due` after a solution, with the question's number."""


async def opened(ctx: Context, question: Question) -> None:
    """The question stands: it is found from now on, watched, and carried if nobody answers."""
    await ctx.recall.keep(ctx.tx, question.community, question.id, question.text)
    await assign(ctx, question)
    await_report(ctx)
    chosen = await choices.of_group(ctx.tx, question.group_id)
    if chosen.carry:
        at = after_waking(question.asked_at, chosen.carry_minutes, ctx.here.zone)
        ctx.arm(f"answers:carry:{question.id}", at, CARRY, str(question.id))
    await _watched(ctx, question)


async def _watched(ctx: Context, question: Question) -> None:
    home = await groups.by_id(ctx.tx, question.group_id)
    if home is not None:
        ear, chat = ctx.ear, question.chat_in(home)
        ctx.after_commit.append(lambda: ear.watch(chat, question))


def _settled(ctx: Context, question: Question) -> None:
    """Nobody is looked for any more, neither by name nor in the room."""
    ctx.disarm(f"answers:carry:{question.id}")
    ear = ctx.ear
    ctx.after_commit.append(lambda: ear.unwatch(question.id))


async def repeated(ctx: Context, question: Question, answer: Given) -> Follows:
    """An earlier answer helped at once: the question is kept as another wording of that one."""
    await questions.change(
        ctx.tx, question.id, state=State.REPEAT, same_as=answer.question, solved_at=ctx.now
    )
    await ctx.recall.keep(ctx.tx, question.community, question.id, question.text)
    _settled(ctx, question)
    return await thank(ctx, question, answer)


async def taken_over(ctx: Context, question: Question, answer: Given, by: MemberRef) -> None:
    """A moderator keeps a question of the past, solved by this answer: it is found from now on,
    and nobody is asked or thanked for what is long over."""
    solved = {"solves": True, "solved_by": str(by), "solved_at": answer.at}
    await given.change(ctx.tx, answer.id, **solved)
    values = {"state": State.SOLVED, "answered_at": answer.at, "solved_at": answer.at}
    await questions.change(ctx.tx, question.id, **values)
    await ctx.recall.keep(ctx.tx, question.community, question.id, question.text)
    await assign(ctx, question)


async def put_back(ctx: Context, question: Question) -> None:
    """A question of the past was not to be kept after all; it waits for review again."""
    values = {"state": State.PROPOSED, "answered_at": None, "solved_at": None}
    await questions.change(ctx.tx, question.id, **values)
    await ctx.recall.drop(ctx.tx, question.id)


async def not_repeated(ctx: Context, question: Question) -> Question:
    """It is a question of its own after all, or for the first time; it can be opened."""
    await unthank(ctx, question)
    values = {"state": State.OPEN, "same_as": None, "solved_at": None}
    await questions.change(ctx.tx, question.id, **values)
    return replace(question, **values)


async def answered(ctx: Context, question: Question, answer: Given) -> Follows:
    """Somebody answered: nobody else needs to be asked, and the message is followed."""
    if answer.message:
        chat = ctx.here.chat.in_room(answer.room)
        await ctx.follow(answer.message, LISTEN_SECONDS, post=post_name(question.id), chat=chat)
    home: Follows = [*await brought_home(ctx, question, answer)]
    if answer.author != question.asker:
        home.append(await inviting.took_part(ctx, question, answer))
    if question.answered_at is None:
        await questions.change(ctx.tx, question.id, answered_at=answer.at)
        ctx.disarm(f"answers:carry:{question.id}")
    return home + await shown(ctx, question.id)


async def solved(ctx: Context, question: Question, answer: Given | None, by: MemberRef) -> Follows:
    """The asker or a moderator says that it is solved, by this answer if there is one."""
    await questions.change(ctx.tx, question.id, state=State.SOLVED, solved_at=ctx.now)
    ctx.disarm(f"answers:carry:{question.id}")
    ctx.arm(
        f"answers:worked:{question.id}",
        ctx.now + FOLLOW_UP,
        ASK_WHETHER_IT_WORKED,
        str(question.id),
    )
    _settled(ctx, question)
    follows: Follows = []
    if answer is not None and not answer.solves:
        await given.change(
            ctx.tx, answer.id, solves=True, solved_by=str(by), solved_at=ctx.now, outdated=False
        )
        follows += await thank(ctx, question, answer)
        follows += await _ticked(ctx, answer)
    follows += await wanting.told(ctx, question, answer)
    return follows + await shown(ctx, question.id)


async def _ticked(ctx: Context, answer: Given) -> Follows:
    """The message that solved it shows that it did."""
    places = await groups.by_ids(ctx.tx, {answer.group_id})
    if not answer.message or answer.group_id not in places:
        return []
    chat = places[answer.group_id].chat.in_room(answer.room)
    place = MessageRef(chat, answer.message)
    return [React(chat=chat, message=place, emoji=SOLVED_MARK, urgency=Urgency.BULK)]


async def unsolved(ctx: Context, question: Question, answer: Given) -> Follows:
    """This answer did not solve it after all; without another that did, the question is open."""
    others = [a for a in await given.to_question(ctx.tx, question.id) if a.id != answer.id]
    if not any(other.solves for other in others):
        return await reopened(ctx, question)
    await given.change(ctx.tx, answer.id, solves=False, solved_by=None, solved_at=None)
    return await shown(ctx, question.id)


async def lost(ctx: Context, question: Question, answer: Given) -> Follows:
    """An answer is gone with its message. Without any other, somebody may be asked again."""
    solved_it = answer.solves and question.state == State.SOLVED
    follows = await unsolved(ctx, question, answer) if solved_it else []
    await given.remove(ctx.tx, answer.id)
    if not await given.to_question(ctx.tx, question.id):
        await questions.change(ctx.tx, question.id, answered_at=None)
    return follows + await shown(ctx, question.id)


async def closed(ctx: Context, question: Question) -> Follows:
    """A moderator says that nobody needs to look at it any more."""
    await questions.change(ctx.tx, question.id, state=State.CLOSED)
    _settled(ctx, question)
    return await shown(ctx, question.id)


async def reopened(ctx: Context, question: Question) -> Follows:
    """It was not solved after all."""
    await questions.change(ctx.tx, question.id, state=State.OPEN, solved_at=None)
    await ctx.tx.execute(
        given_table.update()
        .where(given_table.c.question == question.id)
        .values(solves=False, solved_by=None, solved_at=None)
    )
    ctx.disarm(f"answers:worked:{question.id}")
    await _watched(ctx, question)
    return await shown(ctx, question.id)


async def reworded(ctx: Context, question: Question, text: str) -> Follows:
    """Its author edited the question."""
    new = tidy(text)
    values = {"text": new, "fingerprint": fingerprint(new), "edited_at": ctx.now}
    await questions.change(ctx.tx, question.id, **values)
    await ctx.recall.keep(ctx.tx, question.community, question.id, new)
    await assign(ctx, replace(question, text=new))
    return await shown(ctx, question.id)


async def withdrawn(ctx: Context, question: Question) -> None:
    """Nothing of the question stays, nor of what was answered to it."""
    await erase(ctx.tx, ctx.recall, [question.id])
    ctx.disarm(f"answers:worked:{question.id}")
    _settled(ctx, question)


async def taken_down(ctx: Context, question: Question) -> Follows:
    """The deletion of the question's posts; to be asked for before it is withdrawn."""
    places = await _places(ctx, question)
    return [Delete(chat=group.chat, name=post_name(question.id)) for group in places.values()]


async def _places(ctx: Context, question: Question) -> dict[int, Group]:
    """The groups in which the question stands, by number."""
    rows = await ctx.tx.all(travels.select().where(travels.c.question == question.id))
    return await groups.by_ids(ctx.tx, {question.group_id, *(row.group_id for row in rows)})


async def shown(ctx: Context, number: int) -> Follows:
    """The question's posts as they stand now, in its own group and where it travelled to."""
    question = await questions.by_id(ctx.tx, number)
    if question is None:
        return []
    answers = await given.to_question(ctx.tx, number)
    places = await _places(ctx, question)
    home = places.get(question.group_id)
    edits: Follows = []
    for group in places.values():
        words = Words(group.language, group.zone)
        origin = home.title if home and group.id != question.group_id else ""
        edits.append(
            Edit(
                chat=group.chat,
                name=post_name(number),
                text=views.post(words, question, answers, origin=origin),
                buttons=views.buttons(words, question),
                urgency=Urgency.BULK,
            )
        )
    return edits
