"""Which message answers which: a trained model over the messages of one room, as they come.

`Stream` and whatever else counts is in modules of its own, so that numpy and the weights are loaded
when the first message is linked, not when the program starts.
"""

from bot.links.messages import Link, Message
from bot.links.questions import ASKS, SURE, UNSURE
from bot.links.words import reads_as_question

__all__ = ["ASKS", "SURE", "UNSURE", "Link", "Message", "reads_as_question"]
