"""Small talks in four languages: the answer is found, and with enough certainty."""

import pytest

from bot.links.questions import SURE, UNSURE
from tests.links.talk import links

ADDRESSED = {
    "en": (
        "ann: good morning all",
        "ben: did anybody see the match yesterday",
        "cleo: does anyone know how long a residence permit takes to renew?",
        "ben: what a goal that was",
        "dan: cleo: mine took six weeks, ask for a receipt at the counter",
    ),
    "fr": (
        "ann: bonjour à tous",
        "ben: vous avez vu le match hier",
        "cleo: quelqu'un sait combien de temps prend le renouvellement du titre de séjour ?",
        "ben: quel but quand même",
        "dan: cleo: six semaines pour moi, demande un récépissé au guichet",
    ),
    "es": (
        "ann: buenos días a todos",
        "ben: visteis el partido ayer",
        "cleo: ¿alguien sabe cuánto tarda la renovación del permiso de residencia?",
        "ben: menudo gol",
        "dan: cleo: a mí me tardó seis semanas, pide un resguardo en la ventanilla",
    ),
    "pt": (
        "ann: bom dia a todos",
        "ben: viram o jogo ontem",
        "cleo: alguém sabe quanto tempo demora a renovação da autorização de residência?",
        "ben: que golo aquele",
        "dan: cleo: a minha demorou seis semanas, pede um recibo no balcão",
    ),
}
PLAIN = {
    "en": ("cleo: does anyone know where I can renew my permit?", "dan: at the town hall, room 12"),
    "fr": ("cleo: quelqu'un sait où renouveler son titre ?", "dan: à la mairie, bureau 12"),
    "es": ("cleo: ¿alguien sabe dónde se renueva el permiso?", "dan: en el ayuntamiento, sala 12"),
    "pt": ("cleo: alguém sabe onde se renova a autorização?", "dan: na câmara, sala 12"),
}


@pytest.mark.parametrize("language", ADDRESSED)
def test_an_addressed_answer_is_sure_in_every_language(language: str) -> None:
    link = links(*ADDRESSED[language])[-1]
    assert (link.to, link.to_question) == ("m2", True)
    assert link.confidence >= SURE


@pytest.mark.parametrize("language", PLAIN)
def test_a_plain_answer_right_after_the_question_is_worth_asking_about(language: str) -> None:
    link = links(*PLAIN[language])[-1]
    assert (link.to, link.to_question) == ("m0", True)
    assert link.confidence >= UNSURE


@pytest.mark.parametrize("language", ADDRESSED)
def test_a_question_to_everybody_answers_nothing(language: str) -> None:
    assert links(*ADDRESSED[language][:3])[-1].to is None


def test_an_answer_that_comes_late_still_finds_whom_it_names() -> None:
    small_talk = [f"p{n % 4}: the weather was fine on day {n}" for n in range(30)]
    link = links("cleo: where can I get a SIM card?", *small_talk, "dan: cleo: at the kiosk")[-1]
    assert link.to == "m0"


def test_the_asker_thanks_whoever_answered() -> None:
    link = links(
        "cleo: where can I get a SIM card?",
        "dan: cleo: at the kiosk by the station",
        "ben: what a goal",
        "cleo: dan: thanks",
    )[-1]
    assert link.to == "m1"
