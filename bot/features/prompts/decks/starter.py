"""The deck that comes with the program, in each of its languages."""

from importlib.resources import files

from bot.features.prompts.deckfile import Deckfile, read

LANGUAGES = ("en", "fr", "es", "pt")
CATEGORIES = ("meet", "work", "culture", "help", "fun", "looking-back")


def starter(language: str) -> Deckfile:
    """The starter deck in one of `LANGUAGES`; a card has the same key in all of them."""
    name = f"starter.{language}.toml"
    return read(files("bot.features.prompts.decks").joinpath(name).read_bytes(), "toml")
