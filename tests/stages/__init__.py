"""The platforms on which every dialogue is held."""

from collections.abc import Callable
from datetime import datetime

from tests.stages.base import Stage

MakeStage = Callable[[Callable[[], datetime]], Stage]
"""Given the clock."""


def _local() -> MakeStage:
    from tests.stages.local import LocalStage

    return LocalStage


def _discord() -> MakeStage:
    from tests.stages.discord import DiscordStage

    return DiscordStage


def _telegram() -> MakeStage:
    from tests.stages.telegram import TelegramStage

    return TelegramStage


STAGES: dict[str, Callable[[], MakeStage]] = {
    "discord": _discord,
    "local": _local,
    "telegram": _telegram,
}
"""Loaded when needed: a test of one platform does not import the others."""
