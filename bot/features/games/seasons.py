"""`/game league`, and the end of a season."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.commands import N_, Choice, Command, Param
from bot.context import Context
from bot.effects import Post
from bot.events import CommandGiven, Due
from bot.features.games import league, league_records, league_views
from bot.features.games.core import Follows, games, number_in
from bot.features.games.league_views import Month
from bot.i18n import Words, zone_of
from bot.store import groups
from bot.store.groups import Group

SEASON = re.compile(r"[1-9]\d{3}-(0[1-9]|1[0-2])")
MONTHS = 6
"""So many months of its own a group is shown that is alone in its community."""
PODIUM_HOUR = 18
"""By the evening of the first day a month has ended in nearly every zone."""
LATE = timedelta(days=3)


def await_end(ctx: Context, group: Group) -> None:
    """The season that a play counts for is closed with a post on the first of the next month."""
    season = league_records.season_of(ctx.now, group.zone)
    year, month = league.following(season)
    at = datetime(year, month, 1, PODIUM_HOUR, tzinfo=zone_of(group.zone))
    ctx.arm(f"games:season:{group.id}:{season}", at, "season", f"{group.id}:{season}")


@games.command(
    Command(
        "game league",
        N_("See how the groups stand this month"),
        (
            Param(
                "season",
                N_("A month, such as 2026-11; else this one and the one before"),
                required=False,
                complete=True,
                max_length=7,
            ),
        ),
    )
)
async def table(ctx: Context, event: CommandGiven) -> Follows:
    """The groups of this community; one that is alone sees its own months."""
    asked = event.args.get("season", "").strip()
    if asked and not SEASON.fullmatch(asked):
        return [ctx.whisper(ctx.own.say("A month is written like 2026-11."))]
    there = await groups.of_community(ctx.tx, ctx.here.community)
    alone = len(there) < 2
    months = await (_own(ctx, asked) if alone else _all(ctx, asked))
    return [
        ctx.whisper(
            league_views.table(ctx.own, months, ctx.here.id, alone=alone),
            attachment=league_views.picture(ctx.own, months, alone=alone),
        )
    ]


@games.completes("game league", "season")
async def seasons(ctx: Context, typed: str) -> Sequence[Choice]:
    """The months in which anybody played."""
    found = await league_records.seasons(ctx.tx, ctx.here.community, 25)
    return [Choice(season, season) for season in found if season.startswith(typed.strip())]


async def _all(ctx: Context, asked: str) -> list[Month]:
    running = league_records.season_of(ctx.now, ctx.here.zone)
    wanted = [asked] if asked else [running, league.preceding(running)]
    return [await _month(ctx, ctx.here.community, season, running) for season in wanted]


async def _month(ctx: Context, community: int, season: str, running: str) -> Month:
    standings = league.standings(await league_records.plays_of(ctx.tx, community, season))
    known = await groups.by_ids(ctx.tx, {one.group for one in standings})
    titles = {number: group.title for number, group in known.items()}
    return Month(season, standings, titles, over=season < running)


async def _own(ctx: Context, asked: str) -> list[Month]:
    here, running = ctx.here.id, league_records.season_of(ctx.now, ctx.here.zone)
    plays = await league_records.months_of(ctx.tx, here, None if asked else MONTHS)
    return [
        Month(
            season,
            league.standings({here: plays[season]} if season in plays else {}),
            {here: ctx.here.title},
            over=season < running,
        )
        for season in ([asked] if asked else plays)
    ]


@games.due("season")
async def ended(ctx: Context, event: Due) -> Follows:
    """The podium of a season, in a group that played in it; nothing where it had no other group
    to play with."""
    season = event.arg.partition(":")[2]
    group = await groups.by_id(ctx.tx, number_in(event.arg, 0))
    if group is None or not group.active or ctx.now - event.due_at > LATE:
        return []
    running = league_records.season_of(ctx.now, group.zone)
    month = await _month(ctx, group.community, season, running)
    if group.id not in {one.group for one in month.standings}:
        return []
    words = Words(group.language, group.zone)
    podium = league_views.podium(words, month)
    if podium is None:
        return []
    name = f"games:{season}:league"
    return [Post(chat=group.chat, name=name, text=podium, stale_after=event.due_at + LATE)]
