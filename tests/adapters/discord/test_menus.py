"""Declared commands as slash commands."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord import menus
from bot.commands import Choice, Command, Kind, Param
from tests.adapters.discord.conftest import Speaking
from tests.adapters.discord.core import COMMANDS, ON_MESSAGES
from tests.discord_api import spec


def test_commands_of_two_words_stand_under_their_first() -> None:
    built = {command["name"]: command for command in menus.slash_commands(COMMANDS)}
    assert [option["name"] for option in built["prompt"]["options"]] == ["add", "week"]
    assert built["setup"]["options"] == []


def test_only_moderators_are_shown_what_is_theirs() -> None:
    setup, prompt = menus.slash_commands(COMMANDS)
    assert setup["default_member_permissions"] == 1 << 5
    assert "default_member_permissions" not in prompt


def test_private_commands_are_offered_in_private() -> None:
    setup, prompt = menus.slash_commands(COMMANDS)
    assert (setup["contexts"], prompt["contexts"]) == ([0], [0, 1])


def test_options_have_their_types_and_the_required_come_first() -> None:
    params = (
        Param("maybe", "d", required=False),
        Param("who", "d", Kind.MEMBER),
        Param("pick", "d", Kind.CHOICE, choices=(Choice("a", "A"),)),
        Param("find", "d", complete=True, max_length=9000),
    )
    (built,) = menus.slash_commands([Command("x", "d", params)])
    options: list[Any] = built["options"]
    assert [option["name"] for option in options] == ["who", "pick", "find", "maybe"]
    assert [option["type"] for option in options] == [6, 3, 3, 3]
    assert options[1]["choices"] == [{"name": "A", "value": "a"}]
    assert (options[2]["autocomplete"], options[2]["max_length"]) == (True, 6000)


def test_descriptions_are_translated(speaking: Speaking) -> None:
    speaking({("fr", "A cat"): "Un chat", ("pt", "A cat"): "Um gato", ("es", "A cat"): "Un gato"})
    (built,) = menus.slash_commands([Command("cat feed", "A cat")])
    assert built["options"][0]["description_localizations"] == {
        "fr": "Un chat",
        "es-ES": "Un gato",
        "es-419": "Un gato",
        "pt-BR": "Um gato",
    }


def test_a_group_a_command_and_an_option_are_each_translated_by_one_word(
    speaking: Speaking,
) -> None:
    speaking({("fr", "/cat"): "chat", ("fr", "/cat feed"): "nourrir", ("fr", "what="): "quoi"})
    (built,) = menus.slash_commands([Command("cat feed", "A cat", (Param("what", "Food"),))])
    feed = built["options"][0]
    named = [part["name_localizations"] for part in (built, feed, feed["options"][0])]
    assert named == [{"fr": "chat"}, {"fr": "nourrir"}, {"fr": "quoi"}]


def test_a_description_calls_other_commands_what_the_menu_calls_them(speaking: Speaking) -> None:
    speaking(
        {
            ("fr", "/cat"): "chat",
            ("fr", "/cat list"): "liste",
            ("fr", "See /cat list"): "Voir /cat list et /cat lists",
        }
    )
    (built,) = menus.slash_commands([Command("cat feed", "See /cat list"), Command("cat list", "")])
    described = built["options"][0]["description_localizations"]
    assert described == {"fr": "Voir /chat liste et /cat lists"}


def test_discord_gives_one_number_to_all_paths_of_a_group() -> None:
    made = menus.slash_commands(COMMANDS)
    told = [{**command, "id": str(n)} for n, command in enumerate(made)]
    assert menus.numbers(told) == {"setup": "0", "prompt add": "1", "prompt week": "1"}


def test_the_menu_of_a_message_has_its_commands_by_their_own_names() -> None:
    ask, close = menus.message_menu((*COMMANDS, *ON_MESSAGES))
    assert (ask["type"], ask["name"], close["name"]) == (
        3,
        "This is a question",
        "Close the question",
    )


def test_the_menu_of_a_message_shows_moderators_what_is_theirs() -> None:
    ask, close = menus.message_menu(ON_MESSAGES)
    assert "default_member_permissions" not in ask
    assert close["default_member_permissions"] == 1 << 5


def test_the_menu_of_a_message_is_translated(speaking: Speaking) -> None:
    speaking({("fr", "This is a question"): "C'est une question"})
    ask, close = menus.message_menu(ON_MESSAGES)
    assert ask["name_localizations"] == {"fr": "C'est une question"}
    assert "name_localizations" not in close


def test_a_title_that_discord_would_refuse_stays_english(speaking: Speaking) -> None:
    speaking({("fr", "This is a question"): "x" * 33, ("es", "Close the question"): "x" * 32})
    ask, close = menus.message_menu(ON_MESSAGES)
    assert "name_localizations" not in ask
    assert set(close["name_localizations"]) == {"es-ES", "es-419"}


def test_two_commands_of_a_menu_never_have_the_same_title(speaking: Speaking) -> None:
    speaking({("fr", command.on_message): "Question" for command in ON_MESSAGES})
    ask, close = menus.message_menu(ON_MESSAGES)
    assert ask["name_localizations"] == {"fr": "Question"}
    assert "name_localizations" not in close


def test_a_menu_holds_no_more_than_discord_takes() -> None:
    many = [Command(f"c{n}", "d", on_message=f"C {n}") for n in range(6)]
    with pytest.raises(ValueError, match="5"):
        menus.message_menu(many)


def test_only_slash_commands_have_numbers_to_link_to() -> None:
    made = menus.everything((*COMMANDS, *ON_MESSAGES))
    told = [{**command, "id": str(n)} for n, command in enumerate(made)]
    assert menus.numbers(told)["ask"] == "2"
    assert "This is a question" not in menus.numbers(told)


def test_a_command_can_not_hold_others() -> None:
    with pytest.raises(ValueError, match="/prompt"):
        menus.slash_commands([Command("prompt", "d"), Command("prompt add", "d")])


def test_the_fingerprint_changes_with_the_commands() -> None:
    built = menus.slash_commands(COMMANDS)
    assert menus.fingerprint(1, built) == menus.fingerprint(1, menus.slash_commands(COMMANDS))
    assert menus.fingerprint(1, built) != menus.fingerprint(1, built[:1])


def test_every_command_of_the_features_is_valid_by_the_document() -> None:
    if spec.document() is None:
        pytest.skip("NOT CHECKED: the vendor's OpenAPI document is not beside this tree")
    from bot.app import features

    commands = [command for feature in features() for command in feature.commands.values()]
    built = menus.everything(commands)
    assert len(menus.slash_commands(commands)) <= 100
    assert spec.violations("PUT", "/applications/1/commands", {}, built) == []
