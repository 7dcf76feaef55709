"""One room as it talks: message in, link out."""

from bot.links.messages import Link, Message
from bot.links.model import Model, trained
from bot.links.questions import ASKS
from bot.links.window import Window
from bot.links.words import QUESTION


class Stream:
    """The last messages of one room, in bounded memory; no text is kept, only words and numbers.

    A stream is not thread-safe, and messages must come in order. The same messages give the same
    links.
    """

    def __init__(self, model: Model | None = None) -> None:
        self._window = Window()
        self._model = model

    def hear(self, message: Message) -> None:
        """Takes the message in without asking what it answers, which is most of the work."""
        if not message.is_notice:
            self._window.add(self._window.read(message))

    def link(self, message: Message) -> Link:
        """What the message answers, and takes it in.

        The platform's own reply is certain; a notice answers nothing and is not taken in.
        """
        if message.is_notice:
            return Link(message.id, None, 1.0)
        window = self._window
        heard = window.read(message)
        if message.reply_to is not None:
            to, sure = window.find(message.reply_to), 1.0
        else:
            to, sure = (self._model or trained()).answer(window, heard)
        window.add(heard)
        asked = to is not None and to.author != heard.author and to.shape[QUESTION] >= ASKS
        return Link(message.id, message.reply_to or (to.id if to else None), sure, asked)
