"""Addresses of messages."""

from adapters.telegram.names import message_link
from bot.refs import ChatRef


def test_a_message_of_a_supergroup_has_an_address() -> None:
    assert message_link(ChatRef("telegram", "-1001234")) == "https://t.me/c/1234/{message}"


def test_the_address_in_a_forum_names_the_topic() -> None:
    assert message_link(ChatRef("telegram", "-1001234", "7")) == "https://t.me/c/1234/7/{message}"


def test_a_basic_group_has_no_addresses() -> None:
    assert message_link(ChatRef("telegram", "-4711")) == ""
