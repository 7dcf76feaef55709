"""Answers: a question finds the person who has been through it, and the answer is kept.

`core` holds the feature, the modules beside it register their handlers on it. `questions` and
`given` are the records of questions and of what was answered; `life` says what follows when a
question is opened, answered or solved, and every other module goes through it.
"""

from importlib import import_module
from pkgutil import iter_modules

from bot.feature import Feature


def feature() -> Feature:
    """The whole system, every handler registered."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    from bot.features.answers.core import answers

    return answers
