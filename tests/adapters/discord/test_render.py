"""Spans, buttons and forms as Discord shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.render import content, cut, escaped, filled, markdown, modal
from bot.commands import Field, Form
from bot.refs import MemberRef
from bot.text import Span, Text, bold, code, italic, link, mention, quote
from tests.adapters.discord.reading import plain
from tests.discord_api import DiscordApi

ANN = MemberRef("discord", "7")
SPECIAL = st.text(alphabet="*_~`|[]()<>@#:/\\ab1.-+ \n", max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (Text.of(bold("a"), " b"), "**a** b"),
        (Text.of(bold(" a ")), " **a** "),
        (Text.of(Span("a", bold=True, italic=True)), "***a***"),
        (Text.of(italic("a")), "*a*"),
        (Text.of(code("/prompt add")), "`/prompt add`"),
        (Text.of(code("a`b")), "`` a`b ``"),
        (Text.of(link("here", "https://x.y/z")), "[here](https://x.y/z)"),
        (Text.of(link("here", "javascript:x")), "here"),
        (Text.of("Ann said", quote("one\ntwo"), "so"), "Ann said\n> one\n> two\nso"),
        (Text.of(quote("one")), "> one"),
        (Text.of(bold(" ")), " "),
    ],
)
def test_each_look_has_its_markup(text: Text, shown: str) -> None:
    assert markdown(text) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("- item", "\\- item"),
        ("1. first", "1\\. first"),
        ("## head", "\\## head"),
        ("> cited", "\\> cited"),
        ("a - b > c # d", "a - b > c # d"),
        ("<@1> <#2> <t:3>", "\\<@1> \\<#2> \\<t:3>"),
        ("https://x.y/a_b_c", "https://x.y/a_b_c"),
        ("||spoiler||", "\\|\\|spoiler\\|\\|"),
    ],
)
def test_what_people_typed_is_not_markup(typed: str, shown: str) -> None:
    assert escaped(typed) == shown


@given(SPECIAL)
def test_escaped_text_reads_as_it_was_typed(typed: str) -> None:
    if "http" not in typed:
        assert plain(escaped(typed), DiscordApi()) == typed


@given(SPECIAL)
def test_typed_text_never_becomes_a_mention_or_an_emphasis(typed: str) -> None:
    shown = escaped(typed)
    bare = shown.replace("\\\\", "").replace("\\<", "").replace("\\*", "").replace("\\`", "")
    assert not set(bare) & set("<*`")


def test_a_name_is_a_mention_only_for_who_may_be_pinged() -> None:
    text = Text.of("Hi ", mention(ANN, "Ann*"))
    assert markdown(text, ["7"]) == "Hi <@7>"
    assert markdown(text) == "Hi \u2068Ann\\*\u2069"


def test_a_long_text_keeps_its_pings_outside_of_the_embed() -> None:
    body = content(Text.of(mention(ANN, "Ann"), "*" * 1500), ["7"])
    assert body["content"] == "<@7>"
    assert len(body["embeds"][0]["description"]) > 2000


@given(st.text(max_size=250), st.integers(1, 5))
def test_what_a_form_remembers_comes_back(arg: str, fields: int) -> None:
    form = Form("p.f", "T", tuple(Field(f"f{n}", f"L{n}") for n in range(fields)))
    if len(arg) > 90 * (fields + 1):
        return
    built = modal(form, arg)
    sent = [
        {**row, "component": {**row["component"], "value": f"v{n}"}}
        for n, row in enumerate(built["components"])
    ]
    form_id, again, values = filled({"custom_id": built["custom_id"], "components": sent})
    assert (form_id, again) == ("p.f", arg)
    assert values == {f"f{n}": f"v{n}" for n in range(fields)}


def test_a_form_with_too_much_to_remember_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        modal(Form("p.f", "T", (Field("a", "A"),)), "x" * 200)


@given(st.text(max_size=60), st.integers(1, 50))
def test_cut_keeps_the_length(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length
