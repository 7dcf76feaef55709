"""What becomes of a message that the ear wanted."""

from bot.context import Context
from bot.effects import AnyEffect
from bot.events import Event, MessagePosted
from bot.features.answers import capturing, offers
from bot.features.answers.core import answers
from bot.features.answers.ear import Ear


@answers.overhears(Ear)
async def overheard(ctx: Context, event: MessagePosted) -> list[AnyEffect | Event]:
    """Keeps what answers an open question; offers to keep the answer to what reads as one."""
    return await capturing.overheard(ctx, event) or await offers.offer(ctx, event)
