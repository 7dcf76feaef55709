"""Pictures are drawn from data when they are sent."""

import warnings
from io import BytesIO

from PIL import Image

from bot.charts import draw, pictured
from bot.effects import Attachment, Chart, Post
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
