"""Forms: how they open, also late, and how they come back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.commands import Field, Form
from bot.effects import AskForm
from bot.events import ChoiceMade, FormSubmitted
from bot.ports import Unreachable
from tests.adapters.discord.asking import commanded, pressed, with_button
from tests.adapters.discord.conftest import Town

EPHEMERAL = 64
IDEA = Form("p.suggest", "Suggest", (Field("text", "Your idea", long=True), Field("why", "Why")))


async def test_a_form_opens_and_comes_back_with_what_it_remembers(town: Town) -> None:
    made, event = await commanded(town)
    arg = "x" * 150
    ask = AskForm(chat=event.chat, to=event.member, form=IDEA, arg=arg, answering=event.answer)
    await town.adapter.perform(ask, "row-1")
    assert made.modal is not None
    town.ann.submits(made, {"Your idea": "more music", "Why": "fun"})
    await town.api.until(lambda: town.core.all(FormSubmitted))
    filled = town.core.last(FormSubmitted)
    assert (filled.form, filled.arg) == ("p.suggest", arg)
    assert filled.values == {"text": "more music", "why": "fun"}


@pytest.mark.usefixtures("impatient")
async def test_a_form_that_comes_late_is_opened_by_a_button(town: Town) -> None:
    made, event = await commanded(town)
    await town.api.until(lambda: made.deferred)
    ask = AskForm(chat=event.chat, to=event.member, form=IDEA, arg="7", answering=event.answer)
    await town.adapter.perform(ask, "row-1")
    opened = town.ann.presses(made.answers[0], "Open")
    await town.api.until(lambda: opened.modal)
    town.ann.submits(opened, {"Your idea": "more music", "Why": "fun"})
    await town.api.until(lambda: town.core.all(FormSubmitted))
    assert town.core.last(FormSubmitted).arg == "7"
    assert town.core.all(ChoiceMade) == []


async def test_a_form_that_follows_a_form_is_opened_by_a_button(town: Town) -> None:
    made, event = await commanded(town)
    ask = AskForm(chat=event.chat, to=event.member, form=IDEA, answering=event.answer)
    await town.adapter.perform(ask, "row-1")
    sent = town.ann.submits(made, {"Your idea": "more music", "Why": "fun"})
    await town.api.until(lambda: town.core.all(FormSubmitted))
    second = replace(ask, answering=town.core.last(FormSubmitted).answer)
    await town.adapter.perform(second, "row-2")
    opened = town.ann.presses(sent.answers[0], "Open")
    await town.api.until(lambda: opened.modal)


async def test_a_forms_button_that_outlived_a_restart_says_so(town: Town) -> None:
    button = {"type": 2, "label": "Open", "style": 1, "custom_id": "~form:1"}
    rows = [{"type": 1, "components": [button]}]
    message = town.api.post(town.general, town.api.bot, "Here is the form.", components=rows)
    town.ann.presses(message, "Open")
    await town.api.until(lambda: "once more" in message.content)


async def test_a_form_for_a_press_of_long_ago_is_unreachable(town: Town) -> None:
    made, event = await pressed(town, await with_button(town))
    made.too_late = True
    ask = AskForm(chat=event.chat, to=event.member, form=IDEA, answering=event.answer)
    with pytest.raises(Unreachable):
        await town.adapter.perform(ask, "row-1")
