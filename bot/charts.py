"""Pictures drawn from data at the moment of sending, so that no transaction waits for them.

Matplotlib is loaded when the first one is drawn.
"""

import asyncio
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bot.effects import AnyEffect, Attachment, Chart, Post, Whisper

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PIXELS = 880
INCHES, NARROW = 8.0, 5.0
"""Widths: of bars, and of dots, whose letters are larger so that they can be read on a phone."""
COLOURS = ("#2f6f8f", "#e0a030", "#7a4a8c")
"""Blue, amber, plum: told apart by everybody, and in print."""
FAINT = "#8a929b"
SPREAD = 0.76
"""The part of a row that its bars fill."""
ABOVE = 0.24
"""How far above its dot a row's label stands, in rows."""
LETTERS = 58
"""What fits into a line of a label above a dot."""
BESIDE = 24
"""What fits into one of the two lines of a label beside its bars."""
_NO_GLYPHS_FROM = "\u2e80"
"""The font that matplotlib carries has no letters from here on (CJK, emoji)."""


async def pictured(effect: AnyEffect) -> AnyEffect:
    """The effect with its chart as a PNG, drawn in a thread; any other effect as it is."""
    if not isinstance(effect, Post | Whisper) or effect.attachment is None:
        return effect
    chart = effect.attachment.chart
    if chart is None:
        return effect
    png = await asyncio.to_thread(draw, chart)
    drawn = Attachment(effect.attachment.name, png, effect.attachment.alt)
    return replace(effect, attachment=drawn)


def draw(chart: Chart) -> bytes:
    """A PNG with the bars or the interval of each row, from top to bottom. Labels are data:
    nothing in them is read as a formula."""
    figure = _dots(chart) if chart.intervals else _bars(chart)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _bars(chart: Chart) -> "Figure":
    from matplotlib.ticker import MaxNLocator

    rows = range(len(chart.rows))
    figure, axes = _canvas(chart, INCHES, 1.2 + 0.5 * len(rows))
    height = SPREAD / len(chart.series)
    for index, name in enumerate(chart.series):
        offset = (index - (len(chart.series) - 1) / 2) * height
        lengths = [values[index] for _, values in chart.rows]
        colour = COLOURS[index % len(COLOURS)]
        axes.barh([n + offset for n in rows], lengths, height, label=name, color=colour)
    axes.set_yticks(list(rows), [_beside(label) for label, _ in chart.rows])
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend = figure.legend(frameon=False, loc="outside lower right", ncols=len(chart.series))
    for text in (*axes.get_yticklabels(), *legend.get_texts()):
        text.set_parse_math(False)
    return figure


def _dots(chart: Chart) -> "Figure":
    """Each row's label above its dot; hollow where zero is in the interval."""
    labels = ["\n".join(wrap(_drawable(label), LETTERS)) for label, _ in chart.rows]
    lines = max(label.count("\n") for label in labels)
    figure, axes = _canvas(chart, NARROW, 1.2 + (0.62 + 0.2 * lines) * len(labels))
    axes.axvline(0, color=FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    rows = zip(labels, (values[0] for _, values in chart.rows), chart.intervals, strict=True)
    for n, (label, value, (low, high)) in enumerate(rows):
        known = low > 0 or high < 0
        colour = COLOURS[0] if known else FAINT
        axes.plot((low, high), (n, n), color=colour, linewidth=3, solid_capstyle="round")
        axes.plot(
            value, n, "o", markersize=9, markeredgewidth=2.5, markeredgecolor=colour,
            markerfacecolor=colour if known else "white",
        )  # fmt: skip
        axes.text(
            0, n - ABOVE, label, transform=axes.get_yaxis_transform(), va="bottom",
            parse_math=False, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    axes.set_ylim(len(chart.rows) - 0.55, -0.95)
    axes.set_yticks([])
    axes.margins(x=0.06)
    axes.set_xlabel(_drawable(chart.series[0]), parse_math=False)
    return figure


def _canvas(chart: Chart, width: float, height: float) -> "tuple[Figure, Axes]":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=PIXELS / width, layout="constrained")
    FigureCanvasAgg(figure)  # without pyplot, which would keep each figure alive
    axes = figure.subplots()
    axes.set_title(_drawable(chart.title), loc="left", parse_math=False)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return figure, axes


def _beside(label: str) -> str:
    lines = wrap(_drawable(label), BESIDE)
    if len(lines) > 2:
        lines[1:] = [lines[1][: BESIDE - 1] + "…"]
    return "\n".join(lines)


def _drawable(text: str) -> str:
    return "".join(c for c in text if c < _NO_GLYPHS_FROM and c.isprintable()).strip() or "…"
