"""Pictures drawn from data at the moment of sending, so that no transaction waits for them.

Matplotlib is loaded when the first one is drawn.
"""

import asyncio
from io import BytesIO

from msgspec.structs import replace

from bot.effects import AnyEffect, Attachment, Chart, Post, Whisper

INCHES, DPI = 8.0, 110
COLOURS = ("#2f6f8f", "#e0a030", "#7a4a8c")
"""Blue, amber, plum: told apart by everybody, and in print."""
SPREAD = 0.76
"""The part of a row that its bars fill."""
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
    """A PNG with the bars of each row, from top to bottom. Labels are data: nothing in them is
    read as a formula."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    rows = range(len(chart.rows))
    figure = Figure(figsize=(INCHES, 1.2 + 0.5 * len(chart.rows)), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)  # without pyplot, which would keep each figure alive
    axes = figure.subplots()
    height = SPREAD / len(chart.series)
    for index, name in enumerate(chart.series):
        offset = (index - (len(chart.series) - 1) / 2) * height
        lengths = [values[index] for _, values in chart.rows]
        colour = COLOURS[index % len(COLOURS)]
        axes.barh([n + offset for n in rows], lengths, height, label=name, color=colour)
    axes.set_yticks(list(rows), [_drawable(label) for label, _ in chart.rows])
    title = axes.set_title(_drawable(chart.title), loc="left")
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    legend = figure.legend(frameon=False, loc="outside lower right", ncols=len(chart.series))
    for text in (title, *axes.get_yticklabels(), *legend.get_texts()):
        text.set_parse_math(False)
    out = BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _drawable(text: str) -> str:
    return "".join(c for c in text if c < _NO_GLYPHS_FROM and c.isprintable()).strip() or "…"
