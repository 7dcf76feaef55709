"""Effects arrive on Telegram as people should see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot

from adapters.telegram import TelegramAdapter
from adapters.telegram.presses import Presses
from adapters.telegram.richtext import render, utf16
from adapters.telegram.sending import TOPIC_GONE
from bot.commands import Form
from bot.effects import (
    AskForm,
    Attachment,
    Button,
    Delete,
    Edit,
    OpenThread,
    Pin,
    Post,
    React,
    Urgency,
    Whisper,
)
from bot.events import ChoiceMade, MessagePosted
from bot.fallback import fallback
from bot.i18n import Words
from bot.ports import Rejected
from bot.refs import MessageRef
from bot.text import Span, Text, bold, link, mention, quote
from tests.adapters.telegram.core import Core, post, ref, who
from tests.telegram_api import Chat, Person, Press, TelegramApi
from tests.telegram_api.text import cut


async def test_looks_become_entities(adapter: TelegramAdapter, group: Chat) -> None:
    text = Text.of("😀 ", bold("é!"), " ", link("here", "https://example.org/"), quote("said"))
    sent = await adapter.perform(post(group, text), "1")
    assert sent == MessageRef(ref(group), str(group.last.id))
    shown = [
        (e["type"], cut(group.last.body, e["offset"], e["length"])) for e in group.last.entities
    ]
    assert shown == [("bold", "é!"), ("text_link", "here"), ("blockquote", "said")]


async def test_markup_and_names_in_user_text_are_data(
    adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    await adapter.perform(post(group, "<b>*hi*</b> @ann_lee @everyone"), "1")
    assert group.last.entities == []
    assert group.last.body.startswith("<b>*hi*</b>")


async def test_only_who_may_be_pinged_is_mentioned(
    api: TelegramApi, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    bob = who(api.user("Bob"))
    text = Text.of(mention(who(ann), "Ann"), " and ", mention(bob, "Bob"))
    await adapter.perform(post(group, text, pings=(who(ann),)), "1")
    assert [e["user"]["id"] for e in group.last.entities] == [ann.user.id]


@given(st.lists(st.tuples(st.text(), st.booleans())))
def test_entities_cover_exactly_their_spans(spans: list[tuple[str, bool]]) -> None:
    text = Text(tuple(Span(words, bold=is_bold) for words, is_bold in spans))
    plain, entities = render(text)
    marked = [words for words, is_bold in spans if is_bold and words and not words.isspace()]
    covered = [cut(plain, e.offset, e.length) for e in entities]
    assert [c.replace("\u2060", "") for c in covered] == [
        w.replace("\u2060", "") for w in marked[:100]
    ]


async def test_a_long_text_is_split_and_the_last_part_has_the_buttons(
    adapter: TelegramAdapter, group: Chat
) -> None:
    text = "\n\n".join(["😀" * 1000] * 3)
    buttons = ((Button("Yes", "prompt.yes"),),)
    await adapter.perform(post(group, text, buttons=buttons), "1")
    assert [bool(m.labels) for m in group.messages] == [False] * (len(group.messages) - 1) + [True]
    assert all(utf16(m.body) <= 4096 for m in group.messages)


async def test_a_reply_to_a_vanished_message_still_arrives(
    adapter: TelegramAdapter, group: Chat
) -> None:
    await adapter.perform(post(group, "Hello", reply_to="999"), "1")
    assert group.last.body == "Hello"


async def test_a_picture_carries_its_text(adapter: TelegramAdapter, group: Chat) -> None:
    picture = Attachment("chart.png", b"png")
    await adapter.perform(post(group, "Our month", attachment=picture), "1")
    assert (group.last.photo, group.last.caption) == (b"png", "Our month")


async def test_a_picture_with_a_long_text_comes_before_it(
    adapter: TelegramAdapter, group: Chat
) -> None:
    picture = Attachment("chart.png", b"png")
    await adapter.perform(post(group, "x" * 1025, attachment=picture), "1")
    assert [m.photo for m in group.messages] == [b"png", None]


async def test_a_file_is_sent_as_one(adapter: TelegramAdapter, group: Chat) -> None:
    await adapter.perform(post(group, "Deck", attachment=Attachment("deck.csv", b"a,b")), "1")
    assert group.last.file == b"a,b"


async def test_edits_change_texts_and_captions(adapter: TelegramAdapter, group: Chat) -> None:
    for attachment in (None, Attachment("chart.png", b"png")):
        sent = await adapter.perform(post(group, "Old", attachment=attachment), "1")
        edit = Edit(chat=ref(group), text=Text.of("New"), message=sent)
        await adapter.perform(edit, "2")
        await adapter.perform(edit, "3")
        assert group.last.body == "New"


async def test_reactions_pins_and_deletions(api: TelegramApi, adapter: TelegramAdapter) -> None:
    group = api.supergroup("Friends", bot="administrator")
    sent = await adapter.perform(post(group, "Hello"), "1")
    assert sent is not None
    await adapter.perform(React(chat=ref(group), message=sent, emoji="❤️"), "2")
    await adapter.perform(Pin(chat=ref(group), name="x", message=sent), "3")
    assert (group.last.pinned, group.last.reactions[api.bot.id]) == (True, ["❤"])
    await adapter.perform(Delete(chat=ref(group), message=sent), "4")
    await adapter.perform(Delete(chat=ref(group), message=sent), "5")
    assert group.messages == []


async def test_a_tick_becomes_a_reaction_that_telegram_has(
    api: TelegramApi, adapter: TelegramAdapter
) -> None:
    group = api.supergroup("Friends", bot="administrator")
    sent = await adapter.perform(post(group, "Hello"), "1")
    assert sent is not None
    await adapter.perform(React(chat=ref(group), message=sent, emoji="✅"), "2")
    assert group.last.reactions[api.bot.id] == ["🏆"]


async def test_a_thread_is_a_topic_that_begins_with_the_post(
    api: TelegramApi, adapter: TelegramAdapter
) -> None:
    forum = api.supergroup("Forum", forum=True, bot="administrator")
    sent = await adapter.perform(post(forum, "Who are you?"), "1")
    thread = OpenThread(chat=ref(forum), name="t", title="Who are you?", message=sent)
    opened = await adapter.perform(thread, "2")
    assert opened is not None
    await adapter.perform(Post(chat=opened.chat, text=Text.of("Go on")), "3")
    topic = int(opened.chat.room)
    assert [m.body for m in forum.messages if m.thread_id == topic] == ["Who are you?", "Go on"]


@pytest.mark.parametrize("end", ["closes_topic", "deletes_topic"])
async def test_a_topic_that_ended_is_replaced_by_the_group_and_that_is_said(
    api: TelegramApi, adapter: TelegramAdapter, ann: Person, end: str
) -> None:
    forum = api.supergroup("Forum", ann, forum=True)
    topic = await ann.opens_topic(forum, "Tea")
    await getattr(ann, end)(forum, topic.id)
    sent = await adapter.perform(Post(chat=ref(forum, str(topic.id)), text=Text.of("Hello")), "1")
    assert sent == MessageRef(ref(forum), str(forum.last.id))
    assert forum.last.body == "The topic for this is closed or gone, so it comes here.\n\nHello"


async def test_the_bots_own_remark_is_in_the_language_of_the_people(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    eva = api.user("Eva", language="fr")
    forum = api.supergroup("Forum", eva, forum=True, bot="administrator")
    await eva.says(forum, "Bonjour")
    await core.heard(MessagePosted)
    await adapter.perform(Post(chat=ref(forum, "99"), text=Text.of("Allez")), "1")
    assert forum.last.body == f"{Words('fr').plain(TOPIC_GONE)}\n\nAllez"


async def test_a_question_opens_the_reply_field_where_only_replies_arrive(
    adapter: TelegramAdapter, blind_group: Chat, ann: Person
) -> None:
    buttons = ((Button("Cancel", "steps.cancel"),),)
    effect = post(blind_group, "Which language?", buttons=buttons, expects_reply_of=who(ann))
    await adapter.perform(effect, "1")
    question, pen = blind_group.messages
    assert question.labels == ["Cancel"]
    assert pen.markup == {"force_reply": True, "selective": True}
    assert [e["user"]["id"] for e in pen.entities] == [ann.user.id]


async def test_a_whisper_that_answers_a_press_is_a_popup(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    buttons = ((Button("Vote", "prompt.vote"),),)
    await adapter.perform(post(group, "Tea?", buttons=buttons), "1")
    press = await ann.presses(group.last, "Vote")
    event = await core.heard(ChoiceMade)
    whisper = Whisper(
        chat=event.chat, to=event.member, text=Text.of("Counted."), answering=event.answer
    )
    (popup,) = fallback(whisper, adapter.capabilities(event.chat))
    assert await adapter.perform(popup, "2") is None
    assert (await press.answered()) == {"text": "Counted.", "show_alert": True, "url": None}


async def test_a_press_that_nothing_answers_stops_spinning(api: TelegramApi, ann: Person) -> None:
    bot = Bot(api.token, base_url=api.base_url)
    presses = Presses(bot, spin=0)
    press = Press(api, ann, "query-1")
    api.presses[press.id] = press
    handle = presses.opened(press.id, ref(ann.private))
    assert (await press.answered())["text"] is None
    assert not await presses.popup(handle, "Too late")
    await presses.close()
    await bot.shutdown()


@pytest.mark.parametrize("public_ok", [True, False])
async def test_a_popup_that_comes_too_late_is_a_message(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person, public_ok: bool
) -> None:
    await ann.starts()
    buttons = ((Button("Vote", "prompt.vote"),),)
    await adapter.perform(post(group, "Tea?", buttons=buttons), "1")
    await ann.presses(group.last, "Vote")
    event = await core.heard(ChoiceMade)
    whisper = Whisper(
        chat=event.chat,
        to=event.member,
        text=Text.of("Counted."),
        answering=event.answer,
        public_ok=public_ok,
    )
    for part in fallback(whisper, adapter.capabilities(event.chat)):
        await adapter.perform(part, "2")
        await adapter.perform(part, "3")
    assert (group if public_ok else ann.private).last.body == "Counted."


async def test_bulk_makes_no_sound(api: TelegramApi, adapter: TelegramAdapter, group: Chat) -> None:
    await adapter.perform(post(group, "Digest", urgency=Urgency.BULK), "1")
    assert api.calls("sendMessage")[-1]["disable_notification"] is True


async def test_what_telegram_lacks_is_rejected(adapter: TelegramAdapter, ann: Person) -> None:
    form = AskForm(chat=who(ann).private_chat, to=who(ann), form=Form("a.b", "Title", ()))
    with pytest.raises(Rejected):
        await adapter.perform(form, "1")
