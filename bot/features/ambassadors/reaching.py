"""How somebody is spoken to who did nothing just now."""

from bot.context import Context
from bot.i18n import Words
from bot.refs import MemberRef
from bot.store import members


async def words_for(ctx: Context, member: MemberRef) -> Words:
    """Their language and zone, or those of the group that this is about."""
    wishes = await members.preference(ctx.tx, member)
    language = (wishes.language if wishes else "") or ctx.here.language
    return Words(language, (wishes.zone if wishes else "") or ctx.here.zone)
