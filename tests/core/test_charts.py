"""Pictures are drawn from data when they are sent."""

import warnings
from io import BytesIO

from PIL import Image, ImageColor

from bot.charts import COLOURS, draw, pictured
from bot.effects import Attachment, Chart, Post, from_json, to_json
from bot.refs import ChatRef
from bot.text import Text

HOSTILE = Chart(
    "Title $x$",
    ("people $_", "pairs"),
    (("$\\frac{1}{0}$ what?", (3.0, 1.0)), ("日本 👍", (0.0, 0.0)), ("", (1.5, 0.5))),
)


def test_labels_are_data_in_any_script() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png = draw(HOSTILE)
    assert Image.open(BytesIO(png)).width == 880


def test_the_same_data_give_the_same_picture() -> None:
    assert draw(HOSTILE) == draw(HOSTILE)


def test_long_labels_leave_the_bars_their_room() -> None:
    rows = tuple((letter * 200, (10.0,)) for letter in "ab")
    picture = Image.open(BytesIO(draw(Chart("Points", ("points",), rows)))).convert("RGB")
    blue = ImageColor.getrgb(COLOURS[0])
    across = [picture.getpixel((x, picture.height // 3)) for x in range(picture.width)]
    assert across.count(blue) > picture.width / 2


async def test_a_post_with_a_chart_leaves_with_its_picture() -> None:
    post = Post(
        chat=ChatRef("local", "g"),
        text=Text.of("Look"),
        attachment=Attachment("scores.png", alt="Scores", chart=HOSTILE),
    )
    sent = await pictured(post)
    assert isinstance(sent, Post)
    assert sent.attachment is not None
    assert sent.attachment.data.startswith(b"\x89PNG")
    assert sent.attachment.chart is None


async def test_any_other_effect_is_left_as_it_is() -> None:
    post = Post(chat=ChatRef("local", "g"), text=Text.of("Hello"))
    assert await pictured(post) is post


RANGES = Chart(
    "What $x$ does",
    ("more of 100",),
    (
        ("All $\\frac{1}{0}$: +12", (12.0,)),
        ("日本 👍", (-2.0,)),
        ("word " * 20, (0.0,)),
        ("", (1.0,)),
    ),
    ((3.0, 21.0), (-9.0, 5.0), (-100.0, 100.0), (1.0, 1.0)),
)


def test_ranges_with_any_labels_are_drawn_as_wide_as_bars() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png = draw(RANGES)
    assert Image.open(BytesIO(png)).width == 880


def test_a_range_is_coloured_only_if_zero_is_outside() -> None:
    def has_blue(low: float) -> bool:
        chart = Chart("x", ("y",), (("z", (12.0,)),), ((low, 21.0),))
        picture = Image.open(BytesIO(draw(chart))).convert("RGB")
        return (0x2F, 0x6F, 0x8F) in {colour for _, colour in picture.getcolors(1 << 24) or ()}

    assert has_blue(3.0)
    assert not has_blue(-3.0)


def test_ranges_survive_the_way_through_the_store() -> None:
    post = Post(
        chat=ChatRef("local", "g"), text=Text.of("x"), attachment=Attachment("e.png", chart=RANGES)
    )
    assert from_json(to_json(post)) == post
