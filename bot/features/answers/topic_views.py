"""Topics as moderators see them."""

from collections.abc import Sequence

from bot.commands import Field, Form
from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.answers.reading import Shelf
from bot.features.answers.reading_views import label
from bot.features.answers.topic_records import Topic
from bot.features.answers.topic_rules import NAME
from bot.i18n import Words
from bot.text import Part, Text, bold, code, isolated, quote

MENU = 25
"""Lines that a menu holds everywhere."""


def overview(words: Words, known: Sequence[Topic], shelves: Sequence[Shelf]) -> Text:
    """Every topic with its count, and how many questions have none."""
    counts = {shelf.topic: shelf.questions for shelf in shelves}
    lines: list[Part] = [bold(words.plain("Topics"))]
    for topic in known:
        count = words.say_n("{n} question", "{n} questions", counts.get(topic.id, 0))
        lines.append(Text.of("• ", isolated(topic.name), " · ", count))
    if not known:
        lines.append(words.say("There are no topics yet."))
    if other := counts.get(0, 0):
        lines.append(
            words.say_n("{n} question has no topic.", "{n} questions have no topic.", other)
        )
    how = words.say("{command} puts one question under a topic.", command=code("/answers topic"))
    return Text.join("\n", [*lines, how])


def overview_buttons(words: Words, waiting: int) -> Buttons:
    """To the suggestions, or to have some made."""
    if waiting:
        text = words.say_n("Look at {n} suggestion", "Look at {n} suggestions", waiting)
        return ((Button(str(text), "answers.t-next", look=Look.MAIN),),)
    return ((Button(words.plain("Suggest topics from the words"), "answers.t-find"),),)


def topics_menu(words: Words, known: Sequence[Topic]) -> Menu | None:
    """One of the topics to change."""
    if not known:
        return None
    options = tuple(Option(label(t.name), f"answers.t-see:{t.id}") for t in known[:MENU])
    return Menu(words.plain("Change a topic"), options)


def one(words: Words, topic: Topic, count: int) -> Text:
    """A topic with the words that it is known by."""
    lines: list[Part] = [
        Text.of(
            bold(isolated(topic.name)),
            " · ",
            words.say_n("{n} question", "{n} questions", count),
        )
    ]
    if topic.words:
        listed = words.listing([isolated(word) for word in topic.words])
        lines.append(
            words.say("New questions come here by these beginnings: {words}", words=listed)
        )
    return Text.join("\n", lines)


def one_buttons(words: Words, topic: Topic, others: int) -> Buttons:
    """What can be done with a topic."""
    row = [Button(words.plain("Rename"), f"answers.t-name:{topic.id}")]
    if others:
        row.append(Button(words.plain("Merge into another"), f"answers.t-merge:{topic.id}"))
    row.append(Button(words.plain("Delete"), f"answers.t-drop:{topic.id}", look=Look.DANGER))
    return (tuple(row), (Button(words.plain("All topics"), "answers.t-all"),))


def merge_menu(words: Words, topic: Topic, others: Sequence[Topic]) -> Menu:
    """Where a topic's questions shall go."""
    options = tuple(
        Option(label(other.name), f"answers.t-into:{topic.id}.{other.id}")
        for other in others[:MENU]
    )
    return Menu(words.plain("Into which topic?"), options)


def undo_buttons(words: Words, topic: Topic) -> Buttons:
    """After a merge or a deletion."""
    undo = Button(words.plain("Undo"), f"answers.t-undo:{topic.id}")
    return ((undo, Button(words.plain("All topics"), "answers.t-all")),)


def name_form(words: Words, topic: Topic) -> Form:
    """The form in which a topic is renamed."""
    field = Field("name", words.plain("Its name"), topic.name, max_length=NAME)
    return Form("answers.t-named", words.plain("Rename"), (field,))


def suggestion(words: Words, topic: Topic, texts: Sequence[str], count: int, more: int) -> Text:
    """A suggested topic with some of its questions; `more` suggestions come after it."""
    lines: list[Part] = [
        words.say_n(
            "{n} question could stand under a topic of its own: {topic}",
            "{n} questions could stand under a topic of their own: {topic}",
            count,
            topic=bold(isolated(topic.name)),
        ),
        *(quote(label(text)) for text in texts),
    ]
    if more:
        lines.append(words.say_n("{n} more suggestion waits.", "{n} more suggestions wait.", more))
    return Text.join("\n", lines)


def suggestion_buttons(words: Words, topic: Topic) -> Buttons:
    """What moderators can do about it."""
    return (
        (
            Button(words.plain("Take"), f"answers.t-take:{topic.id}", look=Look.MAIN),
            Button(words.plain("Rename"), f"answers.t-name:{topic.id}"),
            Button(words.plain("No"), f"answers.t-no:{topic.id}"),
        ),
    )


def notice(words: Words, waiting: Sequence[Topic]) -> Text:
    """What the moderators' room is told."""
    names = words.listing([isolated(topic.name) for topic in waiting])
    return words.say_n(
        "The questions suggest {n} topic: {names}.",
        "The questions suggest {n} topics: {names}.",
        len(waiting),
        names=names,
    )
