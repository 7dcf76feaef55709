"""What the members of a town say: exchanges written by hand, read from TOML.

An exchange is a paragraph of lines "Name: words". In an answer to a prompt the first line answers
the prompt and each further one the line before it. Lines without a name are anybody's.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from bot.features.prompts.decks.starter import starter
from bot.simulation.cast import Town

_LINE = re.compile(r"(?:(\w[\w’-]*): )?(.+)")


class Line(Struct, frozen=True):
    """Words of somebody, by first name; "" is whoever has time."""

    who: str
    words: str


Exchange = tuple[Line, ...]


class Scene(Struct, frozen=True):
    """Something that happens on a day; `joins` comes into the group with it."""

    day: int
    exchange: Exchange
    room: int = 0
    joins: str = ""


class Idea(Struct, frozen=True):
    """A prompt that somebody suggests, and what the moderators say; no `reason` is a yes."""

    day: int
    who: str
    text: str
    reason: str = ""


class Query(Struct, frozen=True):
    """Something that somebody wants to know, and what the others know about it.

    `spoken` questions are asked in conversation, the others with `/ask`. `solved` gave the answer
    that helped; `helped` takes an earlier answer if one is shown; `carried` waits until the bot
    has found somebody.
    """

    day: int
    who: str
    words: str
    answers: Exchange
    spoken: bool = False
    solved: str = ""
    helped: bool = False
    carried: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """What is answered, word for word."""
        return tuple(line.words for line in self.answers)


class Quiet(Struct, frozen=True):
    """Somebody who says little, and what they do when they are given the floor by name: they say
    these words, or press "never" or "not"."""

    who: str
    words: str
    presses: str = ""


class Screenplay(Struct, frozen=True):
    """Everything that is said in one town. `answers` go by the text of the prompt."""

    answers: dict[str, tuple[Exchange, ...]]
    small: tuple[Exchange, ...]
    scenes: tuple[Scene, ...]
    ideas: tuple[Idea, ...]
    queries: tuple[Query, ...]
    quiet: tuple[Quiet, ...]
    openings: tuple[Line, ...]
    anywhere: tuple[str, ...]
    to_visitor: tuple[str, ...]

    def answer(self, prompt: str) -> tuple[Exchange, ...] | None:
        """The exchanges for a prompt as it was posted, None for one nobody wrote for."""
        return self.answers.get(prompt)


def exchanges(text: str) -> tuple[Exchange, ...]:
    """The paragraphs of a text as exchanges."""
    return tuple(
        tuple(_line(line) for line in paragraph.splitlines())
        for paragraph in re.split(r"\n\s*\n", text.strip())
        if paragraph.strip()
    )


def _line(text: str) -> Line:
    match = _LINE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a line: {text!r}")
    return Line(match[1] or "", match[2])


@cache
def screenplay(town: Town) -> Screenplay:
    """The screenplay of a town."""
    path = files("bot.simulation").joinpath("talk", f"{town.key}.toml")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = {card.key: card.text for card in starter(town.language).cards}
    answers = {texts[key]: exchanges(said) for key, said in found["answers"].items()}
    answers |= {idea["text"]: exchanges(idea["answers"]) for idea in found["ideas"]}
    return Screenplay(
        answers=answers,
        small=exchanges(found["small"]),
        scenes=tuple(_scene(scene) for scene in found["scenes"]),
        ideas=tuple(
            Idea(idea["day"], idea["who"], idea["text"], idea.get("reason", ""))
            for idea in found["ideas"]
        ),
        queries=tuple(_query(query) for query in found["questions"]),
        quiet=tuple(Quiet(**one) for one in found["quiet"]),
        openings=tuple(_line(line) for line in found["openings"].strip().splitlines()),
        anywhere=tuple(found["anywhere"].strip().splitlines()),
        to_visitor=tuple(found["to_visitor"].strip().splitlines()),
    )


def _scene(found: dict[str, Any]) -> Scene:
    (exchange,) = exchanges(found["text"])
    return Scene(found["day"], exchange, found.get("room", 0), found.get("joins", ""))


def _query(found: dict[str, Any]) -> Query:
    return Query(
        found["day"],
        found["who"],
        found.get("ask") or found["say"],
        tuple(_line(line) for line in found["answers"].strip().splitlines()),
        spoken="say" in found,
        solved=found.get("solved", ""),
        helped=found.get("helped", False),
        carried=found.get("carried", False),
    )
