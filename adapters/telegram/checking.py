"""What is missing for the bot to work well, and how to mend it."""

from collections.abc import Sequence

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.chats import Chats, Known, Right
from adapters.telegram.names import chat_id
from bot.commands import N_
from bot.ports import Finding
from bot.refs import ChatRef

TOKEN = N_("Telegram accepts the token.")
NO_TOKEN = N_("Telegram refuses the token.")
MEND_TOKEN = N_("Ask @BotFather for the current token and set CONVIVE_TELEGRAM_TOKEN.")
NO_ANSWER = N_("Telegram doesn't answer.")
MEND_ANSWER = N_("Look at this machine's connection and at base_url in the configuration.")
READS = N_("I can read what people write in this group.")
BLIND = N_("I only see commands and replies to me: to me, everybody else seems quiet.")
MEND_BLIND = N_(
    "Make me an administrator; or switch privacy mode off with /setprivacy at @BotFather,"
    " then remove me and add me again."
)
PRESENT = N_("I am in this group and may write.")
ABSENT = N_("I am not in this group any more.")
MEND_ABSENT = N_("Add me to the group again.")
MUTED = N_("I may not write in this group.")
MEND_MUTED = N_("Allow members to send messages, or make me an administrator.")
TOLD = N_("I am told about reactions and about who joins or leaves.")
NOT_TOLD = N_("I am not told about reactions, nor about who joins or leaves silently.")
MEND_ADMIN = N_("Make me an administrator; no particular right is needed for it.")
TOPICS = N_("I may open topics.")
NO_TOPICS = N_("I may not open topics, so answers stay in one stream.")
MEND_TOPICS = N_("Give me the right to manage topics.")
PINS = N_("I may pin messages.")
NO_PINS = N_("I may not pin messages.")
MEND_PINS = N_("Give me the right to pin messages.")


async def check(bot: Bot, chats: Chats, places: Sequence[ChatRef]) -> list[Finding]:
    """Tests the token and the bot's standing in each group."""
    try:
        chats.sees_all = bool((await bot.get_me()).can_read_all_group_messages)
    except InvalidToken:
        return [Finding(False, NO_TOKEN, MEND_TOKEN)]
    except TelegramError:
        return [Finding(False, NO_ANSWER, MEND_ANSWER)]
    findings = [Finding(True, TOKEN)]
    groups = dict.fromkeys(place.in_room("") for place in places if not place.private)
    for group in groups:
        known = await chats.learn(chat_id(group), anew=True)
        findings += _standing(known, group, chats.reads(group))
    return findings


def _standing(known: Known, group: ChatRef, reads: bool) -> list[Finding]:
    if not known.learned or not known.present:
        return [Finding(False, ABSENT, MEND_ABSENT, group)]
    tests = [
        (not known.muted, PRESENT, MUTED, MEND_MUTED),
        (reads, READS, BLIND, MEND_BLIND),
        (known.admin, TOLD, NOT_TOLD, MEND_ADMIN),
        (Right.PINS in known.rights, PINS, NO_PINS, MEND_PINS),
    ]
    if known.forum:
        tests.append((Right.TOPICS in known.rights, TOPICS, NO_TOPICS, MEND_TOPICS))
    return [
        Finding(True, good, "", group) if ok else Finding(False, bad, mend, group)
        for ok, good, bad, mend in tests
    ]
