"""The feature that every part of the answers registers its handlers on, and how posts are named."""

from bot.feature import Feature

answers = Feature("answers")

TALK = "/talk"
"""Behind a question's name: the thread under it."""
WHOLE = "/whole"
"""Behind a question's name: the post with all of its words, if they are many."""
GIVEN = "/given/"
"""Behind a question's name, with an answer's number: the post that shows an answer from a form."""


def post_name(question: int) -> str:
    """The name of the post that shows a question, in its own group and in those it travels to."""
    return f"answers:{question}"


def question_in(name: str) -> int:
    """The question that a post's name is about; 0 if none."""
    number = name.removeprefix("answers:").partition("/")[0]
    return int(number) if name.startswith("answers:") and number.isdecimal() else 0
