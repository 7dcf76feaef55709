"""Questions and answers put straight into a store, for tests of what is read of them."""

from datetime import datetime, timedelta

from bot.features.answers import given, questions
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import Source, State
from bot.recall import Recall
from bot.refs import MemberRef
from bot.store import groups
from bot.store.database import Database
from bot.store.groups import Group

ANN, BEA = MemberRef("local", "ann"), MemberRef("local", "bea")


class Library:
    """One group's kept questions."""

    def __init__(self, database: Database, group: Group, now: datetime) -> None:
        self.database, self.group, self.now = database, group, now

    async def question(
        self,
        text: str,
        *,
        by: MemberRef = ANN,
        name: str = "Ann",
        state: State = State.OPEN,
        at: datetime | None = None,
        **columns: object,
    ) -> Question:
        """Keeps a question and makes it findable."""
        async with self.database.write() as tx:
            made = await questions.create(
                tx,
                self.group,
                self.group.room,
                by,
                name,
                text,
                at or self.now,
                state=state,
                source=Source.ASKED,
            )
            await Recall(meaning=False).keep(tx, made.community, made.id, text)
            if columns:
                await questions.change(tx, made.id, **columns)
            return await questions.by_id(tx, made.id) or made

    async def answer(
        self,
        question: Question,
        text: str,
        *,
        by: MemberRef = BEA,
        name: str = "Bea",
        after: timedelta = timedelta(minutes=30),
        **columns: object,
    ) -> Given:
        """Keeps an answer."""
        async with self.database.write() as tx:
            at = question.asked_at + after
            made = await given.keep(
                tx, question.id, self.group.id, by, name, text, at, source=Source.FORM
            )
            assert made
            await questions.change(tx, question.id, answered_at=at)
            if columns:
                await given.change(tx, made.id, **columns)
            return await given.by_id(tx, made.id) or made


async def library(database: Database, now: datetime) -> Library:
    """What the only group of a dialogue keeps."""
    async with database.read() as tx:
        (group,) = await groups.active(tx)
    return Library(database, group, now)
