"""`/answers topic`: a moderator puts one question under a topic, and there it stays."""

from collections.abc import Sequence

from bot.commands import N_, Choice, Command, Param
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommandGiven
from bot.features.answers import questions, reading, topic_records, topic_rules
from bot.features.answers.core import answers
from bot.features.answers.questions import Question
from bot.features.answers.reading_views import label
from bot.text import Text, isolated, quote

SUGGESTED = 8
DIGITS = 15

CORRECT = Command(
    "answers topic",
    N_("Put a question under a topic"),
    (
        Param("question", N_("Its number, or words to find it by"), complete=True),
        Param("topic", N_("A topic, also a new one"), complete=True),
    ),
    moderator=True,
)


@answers.command(CORRECT)
async def correct(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Moves the question; a topic that is not there yet is made."""
    question = await _meant(ctx, event.args["question"])
    name = topic_rules.tidy_name(event.args["topic"])
    if question is None:
        return [ctx.whisper(ctx.own.say("I found no question like that."))]
    if not name:
        return [ctx.whisper(ctx.own.say("A topic needs a name that can be read."))]
    words = topic_rules.named(name)
    number = await topic_records.create(ctx.tx, ctx.here.community, name, words, ctx.now)
    await questions.change(ctx.tx, question.id, topic=number, topic_fixed=True)
    said = ctx.own.say("This question is under {topic} now:", topic=isolated(name))
    return [ctx.whisper(Text.join("\n", [said, quote(label(question.text))]))]


async def _meant(ctx: Context, typed: str) -> Question | None:
    digits = typed.strip().removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS:
        found = await reading.entries(ctx.tx, ctx.here.community, [int(digits)])
    else:
        found = await reading.found(ctx.tx, ctx.recall, ctx.here.community, typed, 1)
    return found[0].question if found else None


@answers.completes("answers topic", "question")
async def complete_question(ctx: Context, typed: str) -> Sequence[Choice]:
    """Questions like what was typed so far."""
    found = await reading.found(ctx.tx, ctx.recall, ctx.here.community, typed, SUGGESTED)
    return [Choice(str(entry.question.id), label(entry.question.text)) for entry in found]


@answers.completes("answers topic", "topic")
async def complete_topic(ctx: Context, typed: str) -> Sequence[Choice]:
    """The topics that contain what was typed so far."""
    known = await topic_records.live(ctx.tx, ctx.here.community)
    wanted = typed.casefold()
    return [Choice(topic.name, topic.name) for topic in known if wanted in topic.name.casefold()]
