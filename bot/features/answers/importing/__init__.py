"""The past of a group: files that a platform exported, and what a platform lets be read back.

It fills the activity, so that quiet members and ties are known from the first day, and proposes
questions with their answers, which a moderator looks through. Words of messages that are no part
of a proposal are not kept.
"""

from importlib import import_module
from pkgutil import iter_modules

HANDLERS = ("running", "by_file", "by_history", "review", "memory")
for _module in iter_modules(__path__):
    if _module.name in HANDLERS:
        import_module(f"{__name__}.{_module.name}")
