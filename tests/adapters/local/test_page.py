"""People use the page in a real browser."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright, expect

from adapters.local import LocalAdapter, Person, World
from adapters.local.page import Site, page
from bot.commands import Field, Form
from bot.effects import AskForm, Attachment, Button, Menu, OpenThread, Option, Poll, Post, Whisper
from bot.events import ChoiceMade, CommandGiven, FormSubmitted, MessagePosted, Opened, PollVoted
from bot.refs import ChatRef, MessageRef
from bot.text import Text, bold, code
from scheduler.clock import TimeLapseClock
from tests.adapters.local.conftest import COMMANDS, ON_MESSAGES, populate
from tests.adapters.local.recorder import NOON, Recorder, running

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180a5a9a3e40000000049454e44ae426082"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(
        not os.path.exists(CHROMIUM), reason=f"no browser: {CHROMIUM} is not installed"
    ),
]


@dataclass
class Place:
    """The page as it is served to all tests of this file."""

    url: str
    context: BrowserContext
    world: World
    adapter: LocalAdapter
    core: Recorder
    clock: TimeLapseClock
    ann: Person
    ben: Person
    windows: dict[str, Page] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def room(self, title: str) -> ChatRef:
        """A fresh room for one test."""
        return self.world.add_room("lisbon", title)

    @asynccontextmanager
    async def visit(self, person: Person, chat: ChatRef) -> AsyncIterator[Page]:
        """A window that stays open as that person goes to that room; no error happens in it."""
        if person.id not in self.windows:
            self.windows[person.id] = await self._open(person, chat, 1280, 800)
        tab = self.windows[person.id]
        await tab.bring_to_front()
        title = self.world.rooms[chat].title
        await tab.locator(".cv-room").filter(has=tab.get_by_text(title, exact=True)).click()
        await expect(tab.get_by_role("heading", name=title, exact=True)).to_be_visible()
        yield tab
        assert self.faults == []

    @asynccontextmanager
    async def arrive(
        self, person: Person, chat: ChatRef, *, width: int = 1280, height: int = 800
    ) -> AsyncIterator[Page]:
        """The same in a new window, which may be as narrow as a phone."""
        tab = await self._open(person, chat, width, height)
        yield tab
        await tab.close()
        assert self.faults == []

    async def _open(self, person: Person, chat: ChatRef, width: int, height: int) -> Page:
        tab = await self.context.new_page()
        await tab.set_viewport_size({"width": width, "height": height})
        tab.set_default_timeout(10_000)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("request", lambda request: self.faults.extend(self._foreign(request.url)))
        await tab.goto(f"{self.url}?as={person.id}&in={chat}")
        await expect(tab.locator(".cv-composer textarea")).to_be_visible()
        return tab

    def _foreign(self, url: str) -> list[str]:
        return [] if url.startswith((self.url, "data:", "blob:")) else [url]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def place() -> AsyncIterator[Place]:
    clock = TimeLapseClock(NOON)
    world = World(clock.now)
    _, _, ann, ben = await populate(world)
    adapter, core = LocalAdapter(world), Recorder((*COMMANDS, *ON_MESSAGES))

    async def leap() -> None:
        clock.leap(NOON.replace(hour=18) - NOON)

    site = Site(world, core, clock, _say, {"en": "English", "fr": "Français"}, leap)
    async with (
        running(adapter, core),
        page(site, port=0) as url,
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser,
    ):
        context = await browser.new_context()
        yield Place(url, context, world, adapter, core, clock, ann, ben)


def _say(language: str, source: str) -> str:
    french = {"Send": "Envoyer", "This is a question": "C'est une question"}
    return french.get(source, source) if language == "fr" else source


async def test_who_types_and_presses_enter_sees_the_message(place: Place) -> None:
    room = place.room("typing")
    async with place.visit(place.ann, room) as tab:
        await tab.locator("textarea").fill("Good morning")
        await tab.locator("textarea").press("Enter")

        await expect(tab.locator(".cv-text")).to_have_text("Good morning")
        await expect(tab.locator("textarea")).to_have_value("")
    assert place.core.last(MessagePosted).text == "Good morning"


async def test_what_somebody_else_says_appears_by_itself(place: Place) -> None:
    room = place.room("listening")
    async with place.visit(place.ann, room) as tab:
        await place.ben.says(room, "Hello from here")

        await expect(tab.locator(".cv-text")).to_have_text("Hello from here")


async def test_markup_is_shown_as_it_was_typed(place: Place) -> None:
    room = place.room("markup")
    hostile = "<script>document.title='taken'</script><img src=x onerror=alert(1)> **`${1}` {{1}}"
    await place.ben.says(room, hostile)
    async with place.arrive(place.ann, room) as tab:
        await place.ben.says(room, hostile)

        await expect(tab.locator(".cv-text")).to_have_text([hostile, hostile])
        assert await tab.title() == "Convive"


async def test_a_pressed_button_reaches_the_bot(place: Place) -> None:
    room = place.room("buttons")
    await place.adapter.perform(
        Post(chat=room, text=Text.of("Tea?"), buttons=((Button("Yes", "a.yes"),),)), "button"
    )
    async with place.visit(place.ben, room) as tab:
        await tab.get_by_role("button", name="Yes").click()

        assert (await place.core.arrives(ChoiceMade, room)).choice == "a.yes"


async def test_a_picked_line_of_a_menu_reaches_the_bot(place: Place) -> None:
    room = place.room("menus")
    menu = Menu("When?", (Option("Mornings", "a.morning"), Option("Evenings", "a.evening")))
    await place.adapter.perform(Post(chat=room, text=Text.of("Time"), menu=menu), "menu")
    async with place.visit(place.ben, room) as tab:
        await tab.get_by_label("When?").select_option("Evenings")

        assert (await place.core.arrives(ChoiceMade, room)).choice == "a.evening"


async def test_a_form_opens_asks_for_what_is_missing_and_is_sent(place: Place) -> None:
    room = place.room("forms")
    form = Form("a.new", "A prompt", (Field("text", "Your question"),))
    async with place.visit(place.ann, room) as tab:
        await place.adapter.perform(AskForm(chat=room, to=place.ann.ref, form=form), "form")
        dialog = tab.get_by_role("dialog", name="A prompt")
        await dialog.get_by_role("button", name="Send").click()
        await expect(dialog.get_by_role("alert")).to_be_visible()
        await dialog.get_by_label("Your question").fill("What is home?")
        await dialog.get_by_role("button", name="Send").click()

        await expect(dialog).to_be_hidden()
    assert place.core.last(FormSubmitted).values == {"text": "What is home?"}


async def test_escape_closes_a_form_unsent(place: Place) -> None:
    room = place.room("escape")
    form = Form("a.escape", "Not now", (Field("text", "Your question"),))
    async with place.visit(place.ben, room) as tab:
        await place.adapter.perform(AskForm(chat=room, to=place.ben.ref, form=form), "escape")
        await expect(tab.get_by_role("dialog")).to_be_visible()
        await tab.keyboard.press("Escape")

        await expect(tab.get_by_role("dialog")).to_be_hidden()
    assert place.ben.forms() == []


async def test_a_vote_moves_the_bars(place: Place) -> None:
    room = place.room("polls")
    await place.adapter.perform(Poll(chat=room, question="Where?", options=("Here", "There")), "po")
    async with place.visit(place.ann, room) as tab:
        await tab.get_by_role("button", name="There").click()

        await expect(tab.get_by_role("button", name="There")).to_contain_text("100%")
    assert place.core.last(PollVoted).options == (1,)


async def test_a_whisper_is_seen_by_one_person_only(place: Place) -> None:
    room = place.room("whispers")
    async with place.visit(place.ann, room) as anns, place.visit(place.ben, room) as bens:
        await anns.locator("textarea").fill("/prompt week")
        await anns.locator("textarea").press("Enter")
        asked = await place.core.arrives(CommandGiven, room)
        note = Whisper(
            chat=room, to=place.ann.ref, text=Text.of("Only for Ann"), answering=asked.answer
        )
        await place.adapter.perform(note, "note")
        await place.ben.says(room, "What a day")

        await expect(anns.locator(".note")).to_contain_text("Only you can see this")
        await expect(bens.locator(".cv-text")).to_have_text("What a day")


async def shown_board(place: Place, room: ChatRef) -> MessageRef:
    """A board with one button, and five things said below it."""
    post = Post(chat=room, text=Text.of("The board"), buttons=((Button("My hand", "a.hand"),),))
    made = await place.adapter.perform(post, f"board {room}")
    assert isinstance(made, MessageRef)
    for n in range(5):
        await place.ben.says(room, f"word {n}")
    return made


async def whisper(place: Place, room: ChatRef, tab: Page, text: str) -> None:
    """Ann presses the board's button, and the bot answers for her eyes only."""
    place.core.events.clear()
    await tab.get_by_role("button", name="My hand").click()
    asked = await place.core.arrives(ChoiceMade, room)
    note = Whisper(chat=room, to=place.ann.ref, text=Text.of(text), answering=asked.answer)
    await place.adapter.perform(note, f"{room} {text}")


async def test_a_note_stands_under_the_message_that_was_pressed_on(place: Place) -> None:
    room = place.room("under")
    await shown_board(place, room)
    async with place.visit(place.ann, room) as tab:
        await whisper(place, room, tab, "Your hand")

        await expect(tab.locator(".cv-message + .note")).to_contain_text("Your hand")
        await expect(tab.locator(".cv-text").nth(1)).to_have_text("Your hand")


async def test_a_later_note_takes_the_place_of_the_earlier_one(place: Place) -> None:
    room = place.room("places")
    await shown_board(place, room)
    async with place.visit(place.ann, room) as tab:
        await whisper(place, room, tab, "First hand")
        await expect(tab.locator(".note")).to_contain_text("First hand")
        await whisper(place, room, tab, "Second hand")

        await expect(tab.locator(".note .cv-text")).to_have_text(["Second hand"])


async def test_a_note_is_put_away_with_its_button(place: Place) -> None:
    room = place.room("away")
    await shown_board(place, room)
    async with place.visit(place.ann, room) as tab:
        await whisper(place, room, tab, "Your hand")
        await tab.get_by_role("button", name="Put this note away").click()

        await expect(tab.locator(".note")).to_have_count(0)


async def test_notes_are_gone_when_the_page_is_loaded_again(place: Place) -> None:
    room = place.room("again")
    await shown_board(place, room)
    async with place.arrive(place.ann, room) as tab:
        await whisper(place, room, tab, "Your hand")
        await expect(tab.locator(".note")).to_be_visible()
        await tab.reload()

        await expect(tab.get_by_text("word 4")).to_be_visible()
        await expect(tab.locator(".note")).to_have_count(0)


async def test_a_note_outlasts_a_look_into_another_room(place: Place) -> None:
    room, other = place.room("here"), place.room("elsewhere")
    await shown_board(place, room)
    async with place.visit(place.ann, room) as tab:
        await whisper(place, room, tab, "Your hand")
        await expect(tab.locator(".note")).to_be_visible()
        async with place.visit(place.ann, other), place.visit(place.ann, room):
            await expect(tab.locator(".note")).to_be_visible()


async def test_a_note_leaves_its_board_where_it_was(place: Place) -> None:
    room = place.room("steady")
    with place.world.change():
        for n in range(40):
            await place.ben.says(room, f"before {n}")
    await shown_board(place, room)
    async with place.arrive(place.ann, room, width=390, height=844) as tab:
        button = tab.get_by_role("button", name="My hand")
        await expect(tab.get_by_text("word 4")).to_be_in_viewport()
        before = await button.bounding_box()
        await whisper(place, room, tab, "\n".join(f"line {n}" for n in range(3)))

        await expect(tab.locator(".note")).to_be_in_viewport(ratio=1)
        assert await button.bounding_box() == before


async def test_a_slash_brings_the_commands_and_tab_takes_one(place: Place) -> None:
    async with place.visit(place.ann, place.room("slash")) as tab:
        await tab.locator("textarea").press_sequentially("/pr")
        await expect(tab.get_by_role("option")).to_have_text(
            ["/prompt addAdd a prompt", "/prompt weekThe next seven days"]
        )
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("Tab")

        await expect(tab.locator("textarea")).to_have_value("/prompt week ")
        await expect(tab.locator(".cv-usage .active")).to_contain_text("Where")


async def test_commands_for_moderators_are_not_offered_to_others(place: Place) -> None:
    async with place.visit(place.ben, place.room("members")) as tab:
        await tab.locator("textarea").fill("/pr")

        await expect(tab.get_by_role("option")).to_have_text(["/prompt weekThe next seven days"])


async def test_a_command_that_the_bot_names_is_taken_into_the_line(place: Place) -> None:
    room = place.room("named")
    text = Text.of("Try ", code("/prompt week"), " or ", code("7"))
    await place.adapter.perform(Post(chat=room, text=text), "named")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-text").get_by_role("button", name="/prompt week").click()

        await expect(tab.locator("textarea")).to_have_value("/prompt week")


async def test_an_at_sign_brings_the_names_and_enter_takes_one(place: Place) -> None:
    room = place.room("names")
    async with place.visit(place.ann, room) as tab:
        await tab.locator("textarea").press_sequentially("ask @be")
        await expect(tab.get_by_role("option")).to_have_text(["@Ben Ode"])
        await tab.keyboard.press("Enter")
        await tab.keyboard.type("first")
        await tab.keyboard.press("Enter")

        await expect(tab.locator(".cv-text .mention")).to_have_text("@Ben Ode")
    assert place.core.last(MessagePosted).mentions == (place.ben.ref,)


async def test_a_link_of_the_bot_leads_into_the_private_conversation(place: Place) -> None:
    room = place.room("links")
    link = place.adapter.capabilities(room).private_link.replace("{payload}", "hello")
    buttons = ((Button("Write to me", url=link),),)
    await place.adapter.perform(Post(chat=room, text=Text.of("Hi"), buttons=buttons), "link")
    async with place.visit(place.ben, room) as tab:
        await tab.get_by_role("button", name="Write to me").click()

        await expect(tab.get_by_text("Only you and Convive can read this")).to_be_visible()
    assert place.core.last(Opened).payload == "hello"


async def test_an_answer_quotes_what_it_answers(place: Place) -> None:
    room = place.room("quotes")
    first = await place.ben.says(room, "Who has a ladder?")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="Answer", exact=True).click()
        await tab.locator("textarea").fill("I do")
        await tab.locator("textarea").press("Enter")

        await expect(tab.locator(".cv-quote")).to_contain_text("Who has a ladder?")
    assert place.core.last(MessagePosted).reply_to == first.id


async def test_the_menu_of_a_message_gives_a_command_on_it(place: Place) -> None:
    room = place.room("menu of a message")
    message = await place.ben.says(room, "Where is the ladder?")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="More", exact=True).click()
        await tab.get_by_role("menuitem", name="This is a question").click()

        event = await place.core.arrives(CommandGiven, room)
        await expect(tab.get_by_role("menu")).to_be_hidden()
    assert event.about is not None
    assert (event.path, event.about.message) == ("ask", message.id)


async def test_the_menu_of_a_message_is_walked_with_the_keys(place: Place) -> None:
    room = place.room("keys")
    await place.ben.says(room, "Where is the ladder?")
    async with place.visit(place.ann, room) as tab:
        await tab.get_by_role("button", name="More", exact=True).focus()
        await tab.keyboard.press("Enter")
        await expect(tab.get_by_role("menuitem", name="This is a question")).to_be_focused()
        await tab.keyboard.press("ArrowDown")
        await tab.keyboard.press("Enter")

        event = await place.core.arrives(CommandGiven, room)
        await expect(tab.get_by_role("button", name="More", exact=True)).to_be_focused()
    assert event.path == "close"


async def test_a_menu_speaks_the_persons_language_and_shows_what_is_theirs(place: Place) -> None:
    room = place.room("languages")
    await place.ann.says(room, "Where is the ladder?")
    async with place.arrive(place.ben, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="More", exact=True).click()

        await expect(tab.get_by_role("menuitem")).to_have_text(["C'est une question"])


async def test_on_a_phone_the_menu_of_a_message_stays_on_the_page(place: Place) -> None:
    room = place.room("thumbs")
    await place.ben.says(room, "Where is the ladder?")
    async with place.arrive(place.ann, room, width=390, height=844) as tab:
        message = tab.locator(".cv-message")
        await message.dispatch_event("pointerdown", {"pointerType": "touch"})
        menu = tab.get_by_role("menu")
        await expect(menu).to_be_visible()

        box = await menu.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


async def test_a_command_typed_as_an_answer_is_about_what_it_answers(place: Place) -> None:
    room = place.room("answers by command")
    message = await place.ben.says(room, "Where is the ladder?")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="Answer", exact=True).click()
        await tab.locator("textarea").fill("/ask ")
        await tab.locator("textarea").press("Enter")

        event = await place.core.arrives(CommandGiven, room)
    assert event.about is not None
    assert event.about.message == message.id


async def test_a_reaction_is_put_from_the_choice_and_taken_away_by_its_chip(place: Place) -> None:
    room = place.room("reactions")
    await place.ben.says(room, "It works")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="React", exact=True).click()
        await tab.get_by_role("button", name="🎉").click()
        chip = tab.locator(".cv-reactions button")
        await expect(chip).to_have_text("🎉 1")
        await chip.click()

        await expect(chip).to_be_hidden()


async def test_ones_own_words_can_be_changed_and_taken_away(place: Place) -> None:
    room = place.room("changes")
    await place.ann.says(room, "helo")
    async with place.visit(place.ann, room) as tab:
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="Change", exact=True).click()
        await tab.locator("textarea").fill("hello")
        await tab.locator("textarea").press("Enter")
        await expect(tab.locator(".cv-text")).to_have_text("hello (changed)")
        await tab.locator(".cv-message").hover()
        await tab.get_by_role("button", name="Delete", exact=True).click()
        await tab.get_by_role("button", name="Delete", exact=True).click()

        await expect(tab.locator(".cv-message")).to_have_count(0)


async def test_a_thread_is_entered_from_its_post_and_counts_its_replies(place: Place) -> None:
    room = place.room("threads")
    root = await place.adapter.perform(Post(chat=room, text=Text.of(bold("Tea?"))), "root")
    opened = OpenThread(chat=room, name="x", title="About tea", message=root)
    await place.adapter.perform(opened, "thread")
    async with place.visit(place.ann, room) as tab:
        await tab.get_by_role("button", name="No replies yet").click()
        await expect(tab.get_by_role("heading", name="About tea")).to_be_visible()
        await tab.locator("textarea").fill("With milk")
        await tab.locator("textarea").press("Enter")
        await tab.get_by_role("button", name="#threads").click()

        await expect(tab.locator(".cv-thread")).to_contain_text("1 reply")


async def test_a_room_with_news_has_a_dot_until_it_is_opened(place: Place) -> None:
    room, other = place.room("quiet"), place.room("busy")
    async with place.visit(place.ann, room) as tab:
        line = tab.get_by_role("button", name="busy")
        await place.ben.says(other, "News")
        await expect(line.get_by_label("Unread")).to_be_visible()
        await line.click()

        await expect(tab.locator(".cv-text")).to_have_text("News")
        await expect(line.get_by_label("Unread")).to_be_hidden()


async def test_only_the_last_hundred_messages_are_drawn_and_earlier_ones_on_demand(
    place: Place,
) -> None:
    room = place.room("long")
    with place.world.change():
        for n in range(130):
            await place.ben.says(room, f"message {n}")
    async with place.arrive(place.ann, room) as tab:
        await expect(tab.locator(".cv-message")).to_have_count(100)
        await expect(tab.get_by_text("message 129")).to_be_in_viewport()
        await tab.get_by_role("button", name="Show earlier messages").click()

        await expect(tab.locator(".cv-message")).to_have_count(130)


async def test_a_picture_is_shown_with_its_description(place: Place) -> None:
    room = place.room("pictures")
    picture = Attachment("score.png", PIXEL, alt="Replies this week")
    await place.adapter.perform(Post(chat=room, text=Text(), attachment=picture), "picture")
    async with place.visit(place.ann, room) as tab:
        image = tab.get_by_alt_text("Replies this week")
        await expect(image).to_be_visible()

        assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1


async def test_a_file_is_sent_with_a_message(place: Place) -> None:
    room = place.room("files")
    async with place.visit(place.ann, room) as tab:
        await tab.locator("input[type=file]").set_input_files(
            {"name": "deck.csv", "mimeType": "text/csv", "buffer": b"a,b"}
        )
        await tab.get_by_role("button", name="Send").click()

        await expect(tab.locator(".cv-file")).to_have_text("deck.csv")
    file = place.world.history(room)[-1].file
    assert file is not None
    assert place.world.file(file.id) == b"a,b"


async def test_one_becomes_somebody_else_and_the_page_speaks_their_language(place: Place) -> None:
    async with place.arrive(place.ann, place.room("masks")) as tab:
        await expect(tab.locator(".cv-send")).to_have_attribute("aria-label", "Send")
        await tab.get_by_role("button", name="You are Ann").click()
        await tab.get_by_role("button", name="Ben Ode").click()

        await expect(tab.get_by_role("button", name="You are Ben Ode")).to_be_visible()
        await expect(tab.locator(".cv-send")).to_have_attribute("aria-label", "Envoyer")
        assert "as=ben-ode" in tab.url


async def test_somebody_new_comes_in_as_a_moderator(place: Place) -> None:
    async with place.arrive(place.ann, place.room("doors")) as tab:
        await tab.get_by_role("button", name="You are Ann").click()
        await tab.get_by_role("button", name="Somebody new").click()
        await tab.get_by_label("Name").fill("Zoë <b>")
        await tab.get_by_label("Looks after the groups").check()
        await tab.get_by_role("button", name="Come in").click()

        await expect(tab.get_by_role("button", name="You are Zoë <b>")).to_be_visible()
    assert place.world.person("zoe-b").moderates("lisbon")


async def test_the_private_conversation_is_opened_by_going_there(place: Place) -> None:
    async with place.visit(place.ann, place.room("before")) as tab:
        await tab.get_by_role("button", name="Convive, in private").click()

        assert (await place.core.arrives(Opened, place.ann.private_chat)).member == place.ann.ref
        await expect(tab.get_by_text("Only you and Convive can read this")).to_be_visible()


async def test_the_pace_of_time_is_set_and_all_tabs_show_it(place: Place) -> None:
    room = place.room("time")
    async with place.visit(place.ann, room) as anns, place.visit(place.ben, room) as bens:
        await anns.get_by_role("button", name="Time here").click()
        await anns.get_by_role("button", name="A minute each second").click()

        await expect(bens.locator(".cv-clock")).to_contain_text("60×")
        assert place.clock.speed == 60
        await anns.get_by_role("button", name="Pause").click()
        await anns.get_by_role("button", name="On to the next event").click()
        await expect(bens.locator(".cv-clock")).to_contain_text("18:0")
        assert place.clock.speed == 0


async def test_on_a_phone_the_rooms_are_a_drawer_and_nothing_overflows(place: Place) -> None:
    room = place.room("phones")
    await place.ben.says(room, "averylongwordwithoutanyspace" * 20)
    async with place.arrive(place.ann, room, width=390, height=844) as tab:
        rooms = tab.get_by_role("navigation", name="Rooms")
        await expect(rooms).to_be_hidden()
        await tab.get_by_role("button", name="Show rooms").click()
        await expect(rooms).to_be_visible()
        await rooms.get_by_role("button", name="phones").click()

        await expect(rooms).to_be_hidden()
        assert await tab.evaluate("document.documentElement.scrollWidth") == 390


async def test_what_can_not_be_done_is_said(place: Place) -> None:
    room = place.room("refusals")
    group = place.world.groups["lisbon"]
    cho = place.world.add_person("Cho")
    await cho.joins(group)
    async with place.arrive(cho, room) as tab:
        await cho.leaves(group)
        await tab.locator("textarea").fill("Hello?")
        await tab.locator("textarea").press("Enter")

        await expect(tab.get_by_role("status")).to_have_text("That is not possible here.")


async def test_an_empty_world_asks_who_one_is_before_anything_else(place: Place) -> None:
    world = World(place.clock.now)
    world.add_group("Porto")
    site = Site(world, place.core, place.clock, _say, {"en": "English"}, lapse=False)
    async with page(site, port=0) as url:
        tab = await place.context.new_page()
        await tab.goto(url)
        await tab.get_by_label("Name").fill("Ada")
        await tab.get_by_role("button", name="Come in").click()

        await expect(tab.get_by_role("heading", name="general")).to_be_visible()
        await tab.close()
    assert world.groups["porto"].members == ("ada",)
