"""What comes into the model and what goes out."""

from datetime import datetime

from msgspec import Struct


class Message(Struct, frozen=True):
    """One message of one room.

    `author` and `mentions` are ids of people; `name` is how the author is called in the text of
    others, if that isn't the id. `reply_to` is the message that this one answers by the platform's
    own reply. `at` is aware. An empty author, or a text that starts with "===", is a notice of the
    platform ("… has joined") and no part of any conversation.
    """

    id: str
    at: datetime
    author: str
    text: str
    mentions: tuple[str, ...] = ()
    reply_to: str | None = None
    name: str = ""

    @property
    def is_notice(self) -> bool:
        """Whether nobody said this."""
        return not self.author or self.text.startswith("===")


class Link(Struct, frozen=True):
    """Message `of` answers message `to`; None: it starts a conversation, or belongs to none.

    `confidence` is the probability, from 0 to 1, that this is right. `to_question` says that
    `to` is another person's message that reads as a question.
    """

    of: str
    to: str | None
    confidence: float
    to_question: bool = False
