"""What is offered while a command is typed."""

import pytest

from adapters.local.page.completion import suggest
from bot.commands import Choice, Command, Param
from tests.adapters.local.conftest import COMMANDS, Town
from tests.adapters.local.recorder import Recorder

DECK = Command(
    "prompt edit",
    "Change a prompt",
    (Param("which", "Which prompt", complete=True), Param("text", "The new words")),
)


async def inserts(town: Town, line: str) -> list[str]:
    core = Recorder((*COMMANDS, DECK))
    core.suggestions = [Choice("7", "What is home?"), Choice("what now", "What now?")]
    found = await suggest(core, town.ann, town.general, line, str)
    return [item["insert"] for item in found["items"]]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/th", ["/thanks "]),
        ("/week", ["/prompt week "]),
        ("/thanks @b", ['/thanks "@Ben Ode" ']),
        ("/thanks ann", ["/thanks @Ann "]),
        ('/thanks "@Ben Ode" be', []),
        ("/prompt week ", ["/prompt week #general ", "/prompt week #help "]),
        ("/prompt week #help old", ["/prompt week #help asc "]),
        ("/prompt edit what", ["/prompt edit 7 ", '/prompt edit "what now" ']),
        ("/nothing like it", []),
        ("hello @an", ["hello @Ann "]),
        ("hello there", []),
    ],
)
async def test_a_typed_line_is_completed(town: Town, line: str, offered: list[str]) -> None:
    assert await inserts(town, line) == offered


async def test_the_parameter_being_typed_is_marked(town: Town) -> None:
    found = await suggest(Recorder(COMMANDS), town.ann, town.general, "/thanks @Ann for", str)

    assert [p["name"] for p in found["usage"]["params"] if p["active"]] == ["why"]


async def test_descriptions_are_translated(town: Town) -> None:
    found = await suggest(Recorder(COMMANDS), town.ann, town.general, "/th", str.upper)

    assert [item["detail"] for item in found["items"]] == ["THANK SOMEBODY"]
