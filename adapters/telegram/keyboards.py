"""Buttons under a message."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle

from bot.effects import Button, Look, Menu

DISABLED = "-"
"""The data of a button that only shows; no feature's choice is named so."""

_STYLES = {Look.MAIN: KeyboardButtonStyle.PRIMARY, Look.DANGER: KeyboardButtonStyle.DANGER}


def keyboard(
    rows: Sequence[Sequence[Button]], menu: Menu | None = None
) -> InlineKeyboardMarkup | None:
    """The rows of buttons, a menu's lines above them one by one; None for no buttons at all."""
    made = [[_button(Button(o.label, o.id))] for o in (menu.options if menu else ())]
    made += [[_button(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(made) if made else None


def _button(button: Button) -> InlineKeyboardButton:
    style = _STYLES.get(button.look)
    if button.url and not button.disabled:
        return InlineKeyboardButton(button.label, url=button.url, style=style)
    data = DISABLED if button.disabled else button.id
    return InlineKeyboardButton(button.label, callback_data=data, style=style)
