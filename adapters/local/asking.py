"""Handles by which the bot answers exactly one command or press, and what can be chosen."""

import msgspec

from adapters.local.model import Asked, Message, Refused

_decoder = msgspec.json.Decoder(Asked)


def handle_of(asked: Asked) -> str:
    """What goes into `Answerable.answer`: it says it all, nothing is kept."""
    return msgspec.json.encode(asked).decode()


def read_handle(handle: str) -> Asked | None:
    """The inverse of `handle_of`; None for anything else."""
    try:
        return _decoder.decode(handle)
    except msgspec.DecodeError:
        return None


def find_choice(message: Message, wanted: str) -> str:
    """The id of a button by its label or id; raises Refused if nobody can press it."""
    for button in (b for row in message.buttons for b in row):
        if wanted in (button.label, button.id):
            if button.disabled or not button.id:
                raise Refused(f"{wanted} can't be pressed")
            return button.id
    raise Refused(f"there is no button {wanted!r}")


def find_option(message: Message, wanted: str) -> str:
    """The id of a menu's line by its label or id; raises Refused if there is none."""
    for option in message.menu.options if message.menu else ():
        if wanted in (option.label, option.id):
            return option.id
    raise Refused(f"there is no line {wanted!r} to pick")
