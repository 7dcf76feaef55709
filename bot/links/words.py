"""The shape of a text: what can be said of it without knowing what it is about.

The word lists hold what people say to one another in chats in English, French, Spanish and
Portuguese; other languages are read by punctuation alone.
"""

import re
from math import exp, log

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
URL = re.compile(r"\b(?:https?://|www\.)\S+")
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
QUOTE = re.compile(r"^\s*>.*$", re.MULTILINE)
TECHNICAL = re.compile(r"[/\\~$#|<>=]\w|\w[=/\\]\w|\d\.\d|\w\(\)|`")
MARKS = frozenset("?？؟;⁇")
END_MARK = re.compile(r"[?？؟⁇][\s?？؟⁇!)\]…\"'»”.:;DPp()-]*$")
ANY_MARK = re.compile(r"[?？؟⁇¿]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OPENERS = _words(
    "who what when where why how which whose whom can could does do did is are has have should "
    "would will any anyone anybody someone somebody hows whats wheres whys isn't aren't doesn't "
    "don't can't qui que quoi où quand comment pourquoi combien quel quelle quels quelles "
    "qu'est quelqu'un savez sais pouvez qué quién quiénes cuál cuáles "
    "cómo dónde cuándo cuánto cuánta cuántos cuántas porqué alguien alguno alguna sabe saben sabes "
    "puedo puede podría hay tem quem qual quais como onde quando quanto quanta quantos quantas "
    "alguém algum alguma sabem posso pode poderia será existe como donde cuando cual quien alguem"
)
SEEKING = _words(
    "help anyone anybody someone somebody stuck recommend suggestions suggestion advice wondering "
    "problem trouble aide aider quelqu'un bloqué recommander conseil conseils souci problème ayuda "
    "ayudar ayudarme alguien recomendar recomienda recomiendan consejo consejos problema ajuda "
    "ajudar alguém recomendar recomenda recomendam dica dicas"
)
GREETINGS = _words(
    "hi hello hey heya hiya yo morning evening greetings howdy bonjour bonsoir salut coucou hola "
    "buenas buenos oi olá ola opa bom boa hallo ciao hei"
)
THANKS = _words(
    "thanks thank thx ty tks cheers thankyou merci gracias obrigado obrigada valeu brigado brigada "
    "danke grazie"
)
ANSWERS = _words(
    "yes yeah yep yup ya yea no nope nah ok okay sure right exactly oui ouais non si sí claro vale "
    "sim não nao nope maybe quizás talvez true correct indeed agreed same me"
)
LINKING = _words(
    "and or but so then because also though however well that it this which else otherwise et ou "
    "mais donc alors parce aussi ça cela ce y o pero entonces porque también eso esto e mas então "
    "também isso isto oh ah hmm hm um lol haha"
)
FIRST_PERSON = _words(
    "i i'm im i've ive i'd my me we our je j'ai j'étais moi mon ma mes nous yo mi mis me nos tengo "
    "estoy eu meu minha nós tenho estou"
)
SECOND_PERSON = _words(
    "you your you're youre u ur yours tu vous ton ta tes votre vos toi te ti usted ustedes tú tus "
    "vosotros você vocês seu sua teu tua try essaie utilise utilisez prueba "
    "usa tenta"
)
COMMON = (
    OPENERS | SEEKING | GREETINGS | THANKS | ANSWERS | LINKING | FIRST_PERSON | SECOND_PERSON
) | _words(
    "a an the to of in on at for with by from as be was were been am if not it's there here just "
    "get got le la les un une des de du au aux en dans sur pour avec par pas ne est sont il elle "
    "el los las una del al con por para no se es son lo um uma os as do da dos das em com não é são"
)

PLEA = re.compile(
    r"\b(?:(?:any(?:one|body)|someone|somebody) (?:here )?(?:know|help|tell|explain|recommend)"
    r"|any(?:one|body) (?:here )?(?:knows|have|has|had|tried|been|got|using)"
    r"|looking for|need (?:some |a bit of )?(?:help|advice)|how (?:do|can|should) (?:i|we|you)"
    r"|any (?:ideas?|tips?|advice|suggestions?|recommendations?)"
    r"|quelqu['’]un (?:sait|connaît|connait|a|aurait|peut|pourrait|saurait)"
    r"|je cherche|besoin d['’]aide|(?:des|une) (?:idées?|conseils?)"
    r"|alguien (?:sabe|conoce|ha|tiene|puede|podría|me)|busco|estoy buscando"
    r"|necesito (?:ayuda|consejo)|algún consejo"
    r"|alguém (?:sabe|conhece|já|tem|pode|me)|procuro|estou (?:procurando|à procura)"
    r"|preciso de (?:ajuda|uma dica)|alguma (?:ideia|dica))\b",
    re.IGNORECASE,
)
"""Asking for help in words, with or without a mark."""


def tokens(text: str) -> list[str]:
    """The words of a text in order, in lower case, without what a link or code says."""
    return [word.casefold() for word in TOKEN.findall(URL.sub(" ", text))]


def prose(text: str) -> str:
    """The text without links, code and quoted lines."""
    return QUOTE.sub(" ", URL.sub(" ", CODE.sub(" ", text))).strip()


def reads_as_question(text: str) -> float:
    """From 0 to 1: whether the text asks for something, judged by its form alone.

    A mark at the end or a Spanish "¿" says most; then a word that opens questions, at the
    beginning or after an address ("Ann: how …"), and words of those who seek help. A bare "what?"
    or "really??" asks nobody anything and stays under a half.
    """
    said = prose(text)
    words = [word.casefold() for word in TOKEN.findall(said)]
    if len(words) < 2 and not (words and not words[0].isascii() and len(words[0]) > 3):
        return 0.3 if ANY_MARK.search(said) and words else 0.0
    score = -2.2
    if END_MARK.search(said) or "¿" in said:
        score += 3.2
    elif ANY_MARK.search(said):
        score += 2.4
    if any(word in OPENERS for word in words[:3]):
        score += 1.4
    if PLEA.search(said):
        score += 2.6
    elif any(word in SEEKING for word in words):
        score += 0.6
    if len(words) < 4 and said.isascii():
        score -= 0.8
    return 1 / (1 + exp(-score))


SHAPE = (
    "words",
    "characters",
    "mark",
    "question",
    "opener",
    "seeking",
    "greeting",
    "thanks",
    "answer",
    "linking",
    "first_person",
    "second_person",
    "url",
    "command",
    "exclaims",
    "trails_off",
    "technical",
    "number",
    "capital",
)
"""The names of what `shape` returns."""
QUESTION = SHAPE.index("question")


def shape(text: str, words: list[str]) -> list[float]:
    """A text in numbers, one for each name in SHAPE. `words` are its tokens."""
    start = words[:3]
    stripped = text.strip()
    flags = (
        ANY_MARK.search(text) is not None,
        reads_as_question(text),
        any(word in OPENERS for word in start),
        any(word in SEEKING for word in words),
        any(word in GREETINGS for word in start),
        any(word in THANKS for word in words),
        any(word in ANSWERS for word in start),
        any(word in LINKING for word in start[:2]),
        any(word in FIRST_PERSON for word in start),
        any(word in SECOND_PERSON for word in words),
        URL.search(text) is not None,
        stripped[:1] in ("!", "/", "."),
        "!" in text[1:],
        stripped.endswith(("...", "…", ",", "..")),
        TECHNICAL.search(text) is not None,
        any(word.isdigit() for word in words),
        stripped[:1].isupper(),
    )
    return [log(1 + len(words)), log(1 + len(stripped)), *map(float, flags)]
