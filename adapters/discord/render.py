"""From spans, buttons and forms to what Discord shows.

Whatever people typed is escaped, so that it reads as they typed it; nothing here makes a ping,
because who may be notified is said apart, in `allowed_mentions`.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from bot.commands import Field, Form
from bot.effects import Button, Look, Menu, Option
from bot.text import Span, Text

Json = dict[str, Any]
Numbers = Mapping[str, str]
"""Discord's number of each command, by its path."""
NONE: Numbers = {}
CONTENT_LIMIT = 2000
EMBED_LIMIT = 4096
ROW, BUTTON, SELECT, INPUT, LABEL = 1, 2, 3, 4, 18
CUSTOM_ID_LIMIT = 100
BUTTONS_A_ROW, ROWS, OPTIONS_A_MENU = 5, 5, 25
MENU = "menu"
_LINK_STYLE = 5
_STYLES = {Look.PLAIN: 2, Look.MAIN: 1, Look.DANGER: 4}
_ADDRESS = re.compile(r"https?://[^\s<>()]+$")
# an address is left alone: a backslash inside it would lead elsewhere
_SPECIAL = re.compile(
    r"(?P<address>https?://[^\s<>]+)"
    r"|(?P<line>(?m:^\s*)(?:[-+]|#{1,3}|>{1,3}|\d+\.)(?=\s|$))"
    r"|(?P<mark>[\\*_~`|\[\]<])"
)
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)


def escaped(text: str) -> str:
    """Text that Discord shows as it is."""
    return _SPECIAL.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    found = match[0]
    if match["address"]:
        return found
    if match["line"]:
        mark = found.lstrip()
        spaces = found[: len(found) - len(mark)]
        # "1." is escaped at its dot, the other marks at their beginning
        return spaces + (f"{mark[:-1]}\\." if mark[0].isdigit() else f"\\{mark}")
    return f"\\{found}"


def markdown(text: Text, pings: Collection[str] = (), commands: Numbers = NONE) -> str:
    """The text in Discord's markup.

    `pings` are the ids that become real mentions; `commands` become links to press, which every
    reader sees in their own language.
    """
    shown, in_quote = "", False
    for span in text.spans:
        if span.quote != in_quote and shown and not shown.endswith("\n"):
            shown += "" if in_quote and span.text.startswith("\n") else "\n"
        shown += _quoted(span.text) if span.quote else _run(span, pings, commands)
        in_quote = span.quote
    return shown


def _quoted(text: str) -> str:
    return "\n".join(f"> {escaped(line)}" for line in text.split("\n"))


def _run(span: Span, pings: Collection[str], commands: Numbers) -> str:
    if span.member is not None and span.member.id in pings:
        return f"<@{span.member.id}>"
    if span.code:
        return _command(span.text, commands) or _code(span.text)
    shown = escaped(span.text)
    if span.url is not None and _ADDRESS.match(span.url):
        shown = f"[{shown}]({span.url})"
    mark = ("**" if span.bold else "") + ("*" if span.italic else "")
    return _wrapped(shown, mark) if mark else shown


def _wrapped(text: str, mark: str) -> str:
    """Emphasis that doesn't begin or end with a space, or it would show as stars."""
    before, inside, after = _EDGES.match(text).groups()  # type: ignore[union-attr]  # always matches
    return f"{before}{mark}{inside}{mark[::-1]}{after}" if inside else text


def _command(text: str, commands: Numbers) -> str:
    """A link to the command that the text begins with, if there is one; the rest stays code.

    Only a declared path and its number get into the link, never anything that somebody typed.
    """
    words = text.removeprefix("/").split(" ") if text.startswith("/") else []
    for length in (2, 1):
        path, rest = " ".join(words[:length]), " ".join(words[length:])
        if path in commands:
            link = f"</{path}:{commands[path]}>"
            return f"{link} {_code(rest)}" if rest.strip() else link
    return ""


def _code(text: str) -> str:
    if "``" in text:
        return escaped(text)  # it would close any fence that Discord knows
    fence = "``" if "`" in text else "`"
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text.strip() else text


def content(text: Text, pings: Collection[str] = (), commands: Numbers = NONE) -> Json:
    """The body for a text; one that markup made too long goes into an embed."""
    shown = markdown(text, pings, commands)
    if _units(shown) <= CONTENT_LIMIT:
        return {"content": shown}
    names = " ".join(f"<@{member.id}>" for member in text.mentions if member.id in pings)
    return {"content": names, "embeds": [{"description": shown[:EMBED_LIMIT]}]}


def _units(text: str) -> int:
    """The length as clients count it, where an emoji is two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def components(rows: Iterable[tuple[Button, ...]], menu: Menu | None) -> list[Json]:
    """Buttons and menu; the ids travel in them, so they work for as long as the message stands."""
    built = [
        {
            "type": ROW,
            "components": [_button(button) for button in row[start : start + BUTTONS_A_ROW]],
        }
        for row in rows
        for start in range(0, len(row), BUTTONS_A_ROW)
    ]
    if menu is not None:
        for start in range(0, len(menu.options), OPTIONS_A_MENU):
            built.append(_select(menu, start))
    return built[:ROWS]


def _button(button: Button) -> Json:
    built: Json = {"type": BUTTON, "label": cut(button.label, 80), "disabled": button.disabled}
    if button.url:
        return {**built, "style": _LINK_STYLE, "url": button.url}
    return {**built, "style": _STYLES[button.look], "custom_id": button.id}


def _select(menu: Menu, start: int) -> Json:
    options = [_option(option) for option in menu.options[start : start + OPTIONS_A_MENU]]
    select = {
        "type": SELECT,
        "custom_id": f"{MENU}.{start}",
        "placeholder": cut(menu.placeholder, 150),
        "options": options,
    }
    return {"type": ROW, "components": [select]}


def _option(option: Option) -> Json:
    built = {"label": cut(option.label, 100), "value": option.id}
    return {**built, "description": cut(option.description, 100)} if option.description else built


def modal(form: Form, arg: str) -> Json:
    """A form. Its id and `arg` travel in the custom ids, of 100 characters each.

    Raises ValueError when they don't fit.
    """
    head, rest = _with_room(form.id, arg)
    fields = []
    for field in form.fields:
        custom_id, rest = _with_room(field.name, rest)
        fields.append(_field(field, custom_id))
    if rest:
        raise ValueError(f"what form {form.id} has to remember is {len(rest)} characters too long")
    return {"custom_id": head, "title": cut(form.title, 45), "components": fields}


def _with_room(name: str, arg: str) -> tuple[str, str]:
    room = CUSTOM_ID_LIMIT - len(name) - 1
    return f"{name}|{arg[:room]}", arg[room:]


def filled(data: Json) -> tuple[str, str, dict[str, str]]:
    """The inverse of `modal`, from what a person sent: form id, arg, values by field name."""
    form, _, arg = data["custom_id"].partition("|")
    values = {}
    for row in data["components"]:
        for field in [row["component"]] if "component" in row else row.get("components", []):
            name, _, piece = field["custom_id"].partition("|")
            arg += piece
            values[name] = field.get("value") or ""
    return form, arg, values


def _field(field: Field, custom_id: str) -> Json:
    written: Json = {
        "type": INPUT,
        "custom_id": custom_id,
        "style": 2 if field.long else 1,
        "required": field.required,
        "max_length": min(field.max_length, 4000),
    }
    if field.value:
        written["value"] = field.value[: written["max_length"]]
    if field.placeholder:
        written["placeholder"] = cut(field.placeholder, 100)
    return {"type": LABEL, "label": cut(field.label, 45), "component": written}


def cut(text: str, length: int) -> str:
    """At most `length` characters, the last one saying that there was more."""
    return text if len(text) <= length else text[: length - 1] + "…"
