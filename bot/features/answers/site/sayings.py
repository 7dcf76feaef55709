"""Every sentence of the pages, in one language."""

from bot.i18n import Words


def sentences(words: Words) -> dict[str, str]:
    """What the templates say, by short names; `{…}` places are filled by the templates."""
    return {
        "title": words.plain("Questions and answers"),
        "search": words.plain("Search"),
        "search_hint": words.plain("What are you looking for?"),
        "nothing": words.plain("Nothing here is like that."),
        "found": words.plain("Found:"),
        "topics": words.plain("Topics"),
        "newest": words.plain("Newest questions"),
        "other": words.plain("Other questions"),
        "every": words.plain("All questions"),
        "all": words.plain("All questions and answers"),
        "solved": words.plain("solved"),
        "open": words.plain("no answer yet"),
        "answered": words.plain("answered"),
        "solved_it": words.plain("solved it"),
        "yes": words.plain("it worked"),
        "partly": words.plain("it worked in part"),
        "no": words.plain("it did not work for the asker"),
        "outdated": words.plain("perhaps outdated"),
        "answers": words.plain("Answers"),
        "nobody": words.plain("Nobody has answered this yet."),
        "further": words.plain("Further pages"),
        "empty": words.plain("No question is kept here yet."),
    }
