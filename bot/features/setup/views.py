"""The questions of the setup in words and buttons."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from bot.commands import N_, Field, Form
from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.setup.rules import (
    NONE,
    PLANS,
    STEPS,
    Draft,
    number_of,
    offered,
    short,
    zones_for,
)
from bot.i18n import LANGUAGES, Words, zone_of
from bot.ports import Place
from bot.text import Part, Text, bold, clean, code, isolated

LABELS = {
    "language": N_("Language"),
    "room": N_("Room"),
    "zone": N_("Time zone"),
    "plan": N_("First schedule"),
    "moderators_room": N_("Moderators' room"),
}
LABEL_LENGTH = 40


class Panel(Struct, frozen=True):
    """A text with what can be pressed below it."""

    text: Text
    buttons: Buttons = ()
    menu: Menu | None = None


class Scene(Struct, frozen=True):
    """All that a question may need to know."""

    words: Words
    draft: Draft
    places: Sequence[Place]
    here: str
    now: datetime
    ready: bool


def question(scene: Scene, step: str) -> Panel:
    """One question; on the first run with its number, later with a way back."""
    panel = _QUESTIONS[step](scene)
    if scene.ready:
        back = Button(scene.words.plain("Back"), "setup.back")
        return Panel(panel.text, (*panel.buttons, (back,)), panel.menu)
    count = f"{number_of(step)}/{len(STEPS)}  "
    return Panel(Text.of(bold(count), panel.text), panel.buttons, panel.menu)


def _language(scene: Scene) -> Panel:
    likely = scene.draft.language or scene.words.language
    buttons = [
        Button(name, f"setup.language:{key}", look=Look.MAIN if key == likely else Look.PLAIN)
        for key, name in LANGUAGES.items()
    ]
    text = scene.words.say("Which language do people speak here?")
    return Panel(text, (tuple(buttons[:2]), tuple(buttons[2:])))


def _room(scene: Scene) -> Panel:
    text = scene.words.say("In which room shall I post?")
    return Panel(text, menu=_rooms(scene, "room"))


def _moderators_room(scene: Scene) -> Panel:
    text = scene.words.say(
        "Where may I tell moderators something, such as a permission that is missing? "
        "A room that only moderators see is best."
    )
    nowhere = Button(scene.words.plain("Nowhere for now"), f"setup.moderators_room:{NONE}")
    return Panel(text, ((nowhere,),), _rooms(scene, "moderators_room"))


def _rooms(scene: Scene, step: str) -> Menu | None:
    if not scene.places:
        return None
    options = tuple(
        Option(_label(place.title), f"setup.{step}:{short(place.chat.room)}")
        for place in offered(scene.places, scene.here)
        if step == "room" or place.chat.room != scene.draft.room
    )
    return Menu(scene.words.plain("Choose a room"), options)


def _zone(scene: Scene) -> Panel:
    zones = zones_for(scene.words.language, scene.draft.zone or "")
    made = [Button(_clock(scene, zone), f"setup.zone:{short(zone)}") for zone in zones]
    rows = tuple(tuple(made[i : i + 2]) for i in range(0, len(made), 2))
    other = Button(scene.words.plain("Another place"), "setup.other:zone")
    return Panel(scene.words.say("What time is it where most of you live?"), (*rows, (other,)))


def _clock(scene: Scene, zone: str) -> str:
    """ "Paris · 9:20": people know their own time at a glance."""
    time = Words(scene.words.language, zone).time(scene.now)
    return f"{city(scene.words, zone)} · {time}"


def city(words: Words, zone: str) -> str:
    """What a zone's place is called in the reader's language."""
    from babel.dates import get_timezone_location

    return get_timezone_location(zone_of(zone), locale=words.language, return_city=True)


def _plan(scene: Scene) -> Panel:
    buttons = tuple(
        (Button(_capital(scene.words.plain(phrase)), f"setup.plan:{index}"),)
        for index, phrase in enumerate(PLANS)
    )
    others = (
        Button(scene.words.plain("Another time"), "setup.other:plan"),
        Button(scene.words.plain("None yet"), f"setup.plan:{NONE}"),
    )
    return Panel(scene.words.say("When shall I post a question?"), (*buttons, others))


_QUESTIONS: dict[str, Callable[[Scene], Panel]] = {
    "language": _language,
    "room": _room,
    "zone": _zone,
    "plan": _plan,
    "moderators_room": _moderators_room,
}


def summary(scene: Scene) -> Panel:
    """What was chosen, to be confirmed or changed."""
    confirm = Button(scene.words.plain("Confirm"), "setup.confirm", look=Look.MAIN)
    cancel = Button(scene.words.plain("Cancel"), "setup.cancel")
    head = scene.words.say("This is what I will do. Is it right?")
    text = Text.join("\n", [head, *_lines(scene, STEPS)])
    return Panel(text, ((confirm, cancel), *_changes(scene, STEPS)))


def settings(scene: Scene, head: Text) -> Panel:
    """How a group that is set up stands, with a way to change each thing."""
    steps = [step for step in STEPS if step != "plan"]
    schedules = scene.words.say(
        "Schedules: {week} shows the next seven days, {add} adds one.",
        week=code("/prompt week"),
        add=code("/prompt schedule"),
    )
    return Panel(Text.join("\n", [head, *_lines(scene, steps), schedules]), _changes(scene, steps))


def _lines(scene: Scene, steps: Sequence[str]) -> list[Text]:
    return [
        Text.of(bold(scene.words.plain(LABELS[step])), ": ", _value(scene, step)) for step in steps
    ]


def _value(scene: Scene, step: str) -> Part:
    value = getattr(scene.draft, step) or ""
    titles = {place.chat.room: clean(place.title) for place in scene.places}
    if step == "language":
        return LANGUAGES.get(value, value)
    if step == "zone":
        return f"{value} ({_clock(scene, value)})" if value else ""
    if step == "room":
        return titles.get(value) or scene.words.plain("the whole group")
    if step == "moderators_room":
        return titles.get(value, value) if value else scene.words.plain("none")
    return clean(value) or scene.words.plain("none yet")


def _changes(scene: Scene, steps: Sequence[str]) -> Buttons:
    made = [
        Button(scene.words.plain(LABELS[step]) + " …", f"setup.change:{step}") for step in steps
    ]
    return tuple(tuple(made[i : i + 2]) for i in range(0, len(made), 2))


def form(words: Words, step: str) -> Form:
    """A place to type what no button says."""
    if step == "zone":
        title, label, example = N_("Time zone"), N_("A large city near you"), N_("Lisbon")
    else:
        title, label, example = N_("First schedule"), N_("When?"), N_("Tuesdays at 12:00")
    field = Field("said", words.plain(label), placeholder=words.plain(example), max_length=100)
    return Form(f"setup.{step}", words.plain(title), (field,))


def busy(words: Words, name: str) -> Panel:
    """Somebody else is in the middle of it."""
    said = words.say("{name} is setting this group up at the moment.", name=isolated(name))
    return Panel(said, ((Button(words.plain("Take over"), "setup.take"),),))


def _label(title: str) -> str:
    line = " ".join(clean(title).split()) or "…"
    return line if len(line) <= LABEL_LENGTH else line[: LABEL_LENGTH - 1] + "…"


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
