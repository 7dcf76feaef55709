"""What a message says to the core, at once or when it is read again later."""

from adapters.local.ledger import Ledger
from adapters.local.model import Message
from bot.events import About, MessagePosted


def posted(world: Ledger, message: Message) -> MessagePosted:
    """A person's message as the event that it was."""
    author = world.people[message.author]
    answered = world.messages.get(message.reply_to) if message.reply_to else None
    to = world.people.get(answered.author) if answered else None
    return MessagePosted(
        id=f"l:m:{message.id}",
        at=message.at,
        chat=message.chat,
        member=author.ref,
        name=author.name,
        message=message.id,
        text=typed(message),
        reply_to=message.reply_to,
        reply_to_member=to.ref if to else None,
        mentions=message.text.mentions,
        has_media=message.file is not None,
    )


def about(world: Ledger, message: Message) -> About:
    """A message that a command is given on."""
    author = world.people.get(message.author)
    return About(
        message=message.id,
        author=author.ref if author else None,
        name=author.name if author else "",
        text=typed(message),
        at=message.at,
    )


def typed(message: Message) -> str:
    """A message's text with its mentions as people type them; a poll's question."""
    if message.poll:
        return message.poll.question
    return "".join(f"@{s.text}" if s.member else s.text for s in message.text.spans)
