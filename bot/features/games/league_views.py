"""The league in words and as a picture: groups only, never people."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from bot.effects import Attachment, Chart
from bot.features.games.league import COUNTED, MISSING, NEEDED, RESULT, Standing
from bot.i18n import Words
from bot.text import Part, Text, bold, clean, code, isolated

MEDALS = ("🥇", "🥈", "🥉")


class Month(Struct, frozen=True):
    """A season with its standings and the names of their groups; `over` if it lies behind us."""

    season: str
    standings: Sequence[Standing]
    titles: Mapping[int, str]
    over: bool = False

    @property
    def day(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.season}-01")

    def title(self, group: int) -> str:
        """A group's name, safe inside a sentence."""
        return isolated(self.titles.get(group, ""))


def table(words: Words, months: Sequence[Month], here: int, *, alone: bool) -> Text:
    """The standings of some months, and how they come about; `here` is the reading group."""
    parts = [_own(words, months)] if alone else [_month(words, month, here) for month in months]
    return Text.join("\n\n", [*parts, rule(words, alone=alone)])


def _month(words: Words, month: Month, here: int) -> Text:
    title = words.say("🏆 The league of {month}", month=words.month(month.day))
    lines: list[Part] = [bold(str(title))]
    if not month.standings:
        lines.append(_nobody(words, month))
    for one in month.standings:
        if one.place is not None:
            lines.append(_line(words, month, one, here))
    waiting = [month.title(one.group) for one in month.standings if one.place is None]
    if waiting:
        lines.append(
            words.say_n(
                "Not placed yet, which takes {n} game: {groups}",
                "Not placed yet, which takes {n} games: {groups}",
                NEEDED,
                groups=words.listing(waiting),
            )
        )
    return Text.join("\n", lines)


def _nobody(words: Words, month: Month | None = None) -> Text:
    """Nobody played in that month, or at all."""
    if month is not None and month.over:
        return words.say("Nobody played in that month.")
    return words.say("Nobody has played yet. {start} begins.", start=code("/game start"))


def _line(words: Words, month: Month, one: Standing, here: int) -> Text:
    title = month.title(one.group)
    name = bold(title) if one.group == here else title
    return Text.of(f"{one.place}. ", words.labelled(name, _figures(words, one)))


def _figures(words: Words, one: Standing) -> Text:
    mean = words.say("{points} of 100", points=words.number(one.mean))
    return Text.of(mean, ", ", words.say_n("{n} game", "{n} games", one.plays))


def _own(words: Words, months: Sequence[Month]) -> Text:
    lines: list[Part] = [bold(words.plain("🏆 Your games, month by month"))]
    if not months:
        lines.append(_nobody(words))
    for month in months:
        played = month.standings
        figures = _figures(words, played[0]) if played else _nobody(words, month)
        lines.append(Text.of("• ", words.labelled(words.month(month.day), figures)))
    return Text.join("\n", lines)


def rule(words: Words, *, alone: bool) -> Text:
    """How points come about, for people."""
    counts = words.say(
        "How it counts: a game gives up to {result} points for what a team reached of what it "
        "could, and up to {mixing} for mixing: people who meet for the first time, and newcomers, "
        "measured by how many there are in your group. So neither size nor experience decides.",
        result=words.number(RESULT),
        mixing=words.number(100 - RESULT),
    )
    month = words.say_n(
        "The best game of the month counts; one that is missing counts {missing}.",
        "The best {n} games of the month count; one that is missing counts {missing}.",
        COUNTED,
        missing=words.number(MISSING),
    )
    lines = [counts, month]
    if alone:
        lines.append(
            words.say(
                "A league begins when another group joins your community: {command}",
                command=code("/community code"),
            )
        )
    return Text.join(" ", lines)


def picture(words: Words, months: Sequence[Month], *, alone: bool) -> Attachment | None:
    """The standings as bars, with the same figures for who can't see them; None if there are
    none."""
    title = words.plain("Points of 100")
    shown = [month for month in months if month.standings]
    if not shown:
        return None
    rows: list[tuple[str, tuple[float, ...]]]
    if alone:
        rows = [(words.month(month.day), (month.standings[0].mean,)) for month in shown]
        series = [title]
    else:
        rows = _bars(shown)
        series = [words.month(month.day) for month in shown]
    said = "; ".join(_told(words, label, series, values) for label, values in rows)
    chart = Chart(title, tuple(series), tuple(rows))
    return Attachment("league.png", alt=f"{title}. {said}", chart=chart)


def _told(words: Words, label: str, series: Sequence[str], values: Sequence[float]) -> str:
    """A row for who can't see it; nothing is told of a month in which there was nothing."""
    figures = zip(series, values, strict=True)
    told = [f"{name} {words.number(value)}" for name, value in figures if value]
    return str(words.labelled(isolated(label), words.listing(told)))


def _bars(months: Sequence[Month]) -> list[tuple[str, tuple[float, ...]]]:
    """A row for each group that is placed in one of the months, the first of the first on top."""
    titles = {
        one.group: clean(month.titles.get(one.group, "")) or "…"
        for month in months
        for one in month.standings
    }
    means = [
        {one.group: one.mean for one in month.standings if one.place is not None}
        for month in months
    ]
    return [
        (title, tuple(month.get(group, 0.0) for month in means))
        for group, title in titles.items()
        if any(group in month for month in means)
    ]


def podium(words: Words, month: Month) -> Text | None:
    """The first three places of a season, thanks to all; None if nobody is placed."""
    placed = [one for one in month.standings if one.place is not None]
    first = [one for one in placed if one.place is not None and one.place <= len(MEDALS)]
    if len(placed) < 2:
        return None
    title = words.say("🏆 The league of {month} is over", month=words.month(month.day))
    lines: list[Part] = [bold(str(title))]
    for one in first:
        medal = MEDALS[(one.place or 1) - 1]
        mean = words.say("{points} of 100", points=words.number(one.mean))
        lines.append(Text.of(f"{medal} ", words.labelled(bold(month.title(one.group)), mean)))
    lines.append(
        words.say_n(
            "{n} group played. Thank you all; a new month begins, and everybody starts level.",
            "{n} groups played. Thank you all; a new month begins, and everybody starts level.",
            len(month.standings),
        )
    )
    return Text.join("\n", lines)
