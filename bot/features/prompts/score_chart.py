"""The scores as a picture. Matplotlib is loaded when one is drawn for the first time."""

from collections.abc import Sequence
from io import BytesIO

from msgspec import Struct

INCHES, DPI = 8.0, 110
PEOPLE, PAIRS = "#2f6f8f", "#e0a030"
"""Blue and amber: told apart by everybody, and in print."""
_NO_GLYPHS_FROM = "\u2e80"
"""The font that matplotlib carries has no letters from here on (CJK, emoji)."""


class Bar(Struct, frozen=True):
    """One prompt: `label` is the beginning of its text."""

    label: str
    people: float
    pairs: float


def draw(title: str, people: str, pairs: str, bars: Sequence[Bar]) -> bytes:
    """A PNG with two bars for each prompt, in their order from top to bottom. Labels are data:
    nothing in them is read as a formula."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(INCHES, 1.2 + 0.5 * len(bars)), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)  # without pyplot, which would keep each figure alive
    axes = figure.subplots()
    places = range(len(bars))
    axes.barh([n - 0.2 for n in places], [b.people for b in bars], 0.38, label=people, color=PEOPLE)
    axes.barh([n + 0.2 for n in places], [b.pairs for b in bars], 0.38, label=pairs, color=PAIRS)
    axes.set_yticks(list(places), [_drawable(bar.label) for bar in bars])
    for label in axes.get_yticklabels():
        label.set_parse_math(False)
    axes.set_title(title, loc="left")
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.legend(frameon=False, loc="outside lower right", ncols=2)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _drawable(text: str) -> str:
    return "".join(c for c in text if c < _NO_GLYPHS_FROM and c.isprintable()).strip() or "…"
