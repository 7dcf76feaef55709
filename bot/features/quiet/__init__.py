"""The floor to everyone: quiet members are given the word by name, and never against their will.

`people` knows who is quiet, `choosing` who could be named in a post and why, `naming` draws the
lot, `outcomes` looks up what followed, `learning` says what that teaches (`bot.trial`).
"""

from importlib import import_module
from pkgutil import iter_modules

from bot.feature import Feature


def feature() -> Feature:
    """The whole system, every handler registered."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    from bot.features.quiet.core import quiet

    return quiet
