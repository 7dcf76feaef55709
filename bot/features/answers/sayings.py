"""What short messages say by their words alone, in English, French, Spanish and Portuguese."""

import re

from bot.features.answers.rules import has_words
from bot.links.words import reads_as_question
from bot.recall.words import folded

ASKS_BACK = 0.6
"""From this value of `reads_as_question` on a message asks and does not answer."""
SHORT = 6
"""Words up to which a message may be nothing but thanks or agreement."""
LONG = 40
"""Words of a message that may still say that something is solved."""
SOLVING_MARKS = frozenset("✅☑✔🏆💯")
"""Reactions that say "this solved it". Telegram has no tick among its reactions, but these two."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORD = re.compile(r"[^\W_]+")
_COURTESY = _set(
    "thanks thank thx ty tysm you u so very much a lot many for the that this all everyone guys "
    "cheers great nice cool perfect awesome lol haha ok okay yes yep no good to know same here me "
    "too 1 up bump following interested i also wonder idem "
    "merci beaucoup mille tres bien super genial top parfait d accord moi aussi pareil oui tout le "
    "monde a vous toi pour "
    "gracias muchas mil muy bien buenisimo perfecto vale yo tambien igual si a todos por la "
    "obrigado obrigada muito brigado brigada valeu perfeito beleza eu tambem sim "
    "igualmente pessoal "
    "de nada rien pas quoi problem worries"
)
_PLAIN = _set("yes yep yeah no nope oui non si sim nao")
"""Alone they do answer."""
_SOLVED = re.compile(
    r"\b(?:(?:it|that|this)(?: has)? (?:really |totally |just )?(?:worked|works|solved it|did it"
    r"|helped|fixed it|did the trick)|works now|worked for me|problem solved|solved it|fixed it"
    r"|(?:it s|is|got it|now) (?:solved|fixed|working)"
    r"|(?:ca|cela|c) (?:a )?(?:marche|fonctionne|m a aide)|c est (?:bon|regle|resolu|repare)"
    r"|probleme (?:regle|resolu)"
    r"|(?:ya )?(?:funciona|funciono|me funciono|me sirvio|solucionado|resuelto|arreglado)"
    r"|(?:agora |ja )?(?:funcionou|deu certo|resolvido|consegui|resolveu))\b"
)
_DENIED = re.compile(
    r"\b(?:not|never|no longer|doesn t|didn t|isn t|hasn t|still|pas|toujours|jamais|no|nunca"
    r"|todavia|sigue|nao|ainda|if)\b"
)
_THANKS = _set("thanks thank thx ty merci gracias obrigado obrigada valeu brigado brigada cheers")


def words_in(text: str) -> list[str]:
    """The words without case and accents."""
    return _WORD.findall(folded(text))


def is_courtesy(text: str) -> bool:
    """Whether a short message only thanks, agrees or wants to know the same."""
    words = words_in(text)
    if words and _PLAIN.issuperset(words):
        return False
    return len(words) <= SHORT and all(word in _COURTESY for word in words)


def may_answer(text: str) -> bool:
    """Whether somebody's message in the conversation of a question may be an answer to it."""
    return has_words(text) and not is_courtesy(text) and reads_as_question(text) < ASKS_BACK


def says_solved(text: str) -> bool:
    """Whether the asker says that it works now, or thanks."""
    words = words_in(text)
    if not words or len(words) > LONG or reads_as_question(text) >= ASKS_BACK:
        return False
    said = " ".join(words)
    if _DENIED.search(said):
        return False
    return bool(_SOLVED.search(said)) or not _THANKS.isdisjoint(words)


def is_solving_mark(emoji: str) -> bool:
    """Whether a reaction says "this solved it"."""
    return emoji.replace("\ufe0f", "") in SOLVING_MARKS
