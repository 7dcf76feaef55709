"""When the weekly report comes: Monday at nine, in the group's zone."""

from datetime import datetime, time, timedelta

from bot.context import Context
from bot.i18n import zone_of

REPORT = "needs"
"""The kind of `Due` for a group's report."""
AT = time(9, 0)


def next_report(now: datetime, zone: str) -> datetime:
    """The next Monday, nine o'clock, after `now`. Aware in, aware (same zone as `now`) out."""
    local = now.astimezone(zone_of(zone))
    monday = local.date() - timedelta(days=local.weekday())
    at = datetime.combine(monday, AT, tzinfo=local.tzinfo)
    if at <= local:
        at = datetime.combine(monday + timedelta(days=7), AT, tzinfo=local.tzinfo)
    return at.astimezone(now.tzinfo)


def await_report(ctx: Context) -> None:
    """A question was asked, so there will be something to report."""
    number = ctx.here.id
    ctx.arm(f"answers:needs:{number}", next_report(ctx.now, ctx.here.zone), REPORT, str(number))
