"""Games: a lobby in which people meet, for every game of `bot.games`."""

from importlib import import_module
from pkgutil import iter_modules

from bot.feature import Feature


def feature() -> Feature:
    """The whole system, every handler registered."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    from bot.features.games.core import games

    return games
