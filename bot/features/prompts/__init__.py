"""Prompts: people's questions to the group, posted at its own hours.

`core` holds the feature, the modules beside it register their handlers on it.
"""

from importlib import import_module
from pkgutil import iter_modules

from bot.feature import Feature


def feature() -> Feature:
    """The whole system, every handler registered."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    from bot.features.prompts.core import prompt

    return prompt
