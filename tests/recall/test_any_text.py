"""Whatever people write, recall takes it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.recall import Recall, rank
from bot.recall.words import MOST, STEM, folded, terms
from bot.store.database import Database
from tests.recall.conftest import keep, needs_models, search

ODD = [
    "",
    "   \n",
    "🙂🙃🎉",
    "```python\nprint('hi')\n```",
    "\"NEAR(a b, 2)\" OR * AND NOT ^ - ( ) {} : 'x'",
    "'; DROP TABLE recall_entries; --",
    "%s %(x)s {0} \\ $1 :name ?",
    "a" * 4_000,
    "why? " * 800,
    "\u202e\u200b\u2068name\u2069\u0000 and a word",
    "هل يمكنني فتح حساب مصرفي دون إثبات عنوان؟",
    "Как открыть банковский счёт без подтверждения адреса?",
    "没有地址证明怎么开银行账户？",
    "住所証明なしで銀行口座を開けますか",
    "주소 증명 없이 은행 계좌를 열 수 있나요?",
    "बिना पते के प्रमाण के बैंक खाता कैसे खोलें?",
    "จะเปิดบัญชีธนาคารโดยไม่มีหลักฐานที่อยู่ได้อย่างไร",
    "Πώς ανοίγω τραπεζικό λογαριασμό;",
    "איך פותחים חשבון בנק?",
    "Banka hesabı nasıl açılır?",
    "\ud800",
]
SPOKEN = [text for text in ODD if len(terms(text)) > 1 and "\0" not in text]


@pytest.mark.parametrize("meaning", [False, pytest.param(True, marks=needs_models)])
async def test_odd_texts_are_kept_and_found_again(database: Database, meaning: bool) -> None:
    recall = Recall(meaning)
    await keep(database, recall, dict(enumerate(ODD)))
    firsts = [(await search(database, recall, text, limit=1))[0] for text in SPOKEN]
    assert [hit.item for hit in firsts] == [ODD.index(text) for text in SPOKEN]


@pytest.mark.parametrize("meaning", [False, pytest.param(True, marks=needs_models)])
async def test_a_text_without_a_word_finds_nothing(database: Database, meaning: bool) -> None:
    recall = Recall(meaning)
    await keep(database, recall, dict(enumerate(ODD)))
    wordless = [text for text in ODD if not terms(text)]
    assert [await search(database, recall, text) for text in wordless] == [[]] * len(wordless)


@given(st.text())
def test_terms_are_short_and_few(text: str) -> None:
    found = terms(text * 50)
    assert len(found) <= MOST
    assert all(0 < len(term) <= STEM for term in found)


@given(st.text())
def test_terms_hold_no_space_to_be_parted_at(text: str) -> None:
    assert " ".join(terms(text)).split() == terms(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(), st.lists(st.text(), max_size=5))
def test_every_candidate_gets_a_score_by_its_words(question: str, candidates: list[str]) -> None:
    scores = rank(question, candidates, meaning=False)
    assert len(scores) == len(candidates)
    assert all(score >= 0 for score in scores)


@needs_models
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.lists(st.text(), max_size=3))
def test_every_candidate_gets_a_finite_score_by_its_meaning(
    question: str, candidates: list[str]
) -> None:
    scores = rank(question, candidates)
    assert all(-2 < score < 3 for score in scores)
