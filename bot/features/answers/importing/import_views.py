"""What is said of an import: what a file holds, how far it is, what came of it."""

from bot.exports import BadExport, Skip
from bot.features.answers.importing.jobs import Import, Stage
from bot.features.answers.importing.survey import Survey
from bot.i18n import Words
from bot.text import Part, Text, code, isolated


def refused(words: Words, error: BadExport) -> Text:
    """Why a file can't be used."""
    return words.say(error.message, **{key: isolated(part) for key, part in error.parts.items()})


def counted(words: Words, found: Survey, known: int) -> Text:
    """What a file holds, as a preview."""
    lines: list[Part] = [
        words.say_n(
            "{n} message of {people} people from {group}.",
            "{n} messages of {people} people from {group}.",
            found.messages,
            people=words.number(len(found.people)),
            group=isolated(found.title or found.home),
        )
    ]
    if found.first and found.last:
        first, last = words.day(found.first), words.day(found.last)
        lines.append(words.say("From {first} to {last}.", first=first, last=last))
    if known:
        lines.append(
            words.say_n("{n} of them is known already.", "{n} of them are known already.", known)
        )
    lines.append(
        words.say_n(
            "{n} reads as a question; those that were answered are proposed to you.",
            "{n} read as questions; those that were answered are proposed to you.",
            found.questions,
        )
    )
    return Text.join("\n", [*lines, *_left_out(words, found)])


def _left_out(words: Words, found: Survey) -> list[Part]:
    lines: list[Part] = []
    machines = found.skipped[Skip.BOT] + found.skipped[Skip.NOBODY] + found.skipped[Skip.SERVICE]
    if machines:
        lines.append(
            words.say_n(
                "{n} entry was written by no person and is left out.",
                "{n} entries were written by no person and are left out.",
                machines,
            )
        )
    broken = found.skipped[Skip.BROKEN] + found.skipped[Skip.DATE]
    if broken:
        lines.append(
            words.say_n(
                "{n} message can't be read or has an impossible date, and is left out.",
                "{n} messages can't be read or have an impossible date, and are left out.",
                broken,
            )
        )
    if found.broken:
        places = words.listing([words.number(number) for number in found.broken])
        lines.append(words.say("The first that can't be read: number {places}.", places=places))
    return lines


def foreign(words: Words, found: Survey, title: str) -> Text:
    """The file is of another group."""
    return words.say(
        "The file is from {other}, not from {group}. Go on only if this group was that one before.",
        other=isolated(found.title or found.home),
        group=isolated(title),
    )


def progress(words: Words, job: Import) -> Text:
    """How an import stands."""
    if job.state == Stage.RUNNING and job.total:
        percent = words.percent(job.share)
        title = isolated(job.title)
        return words.say("Reading {title}: {percent}.", title=title, percent=percent)
    if job.state == Stage.RUNNING:
        return words.say_n(
            "Reading {title}: {n} message so far.",
            "Reading {title}: {n} messages so far.",
            job.added + job.known,
            title=isolated(job.title),
        )
    return finished(words, job)


def finished(words: Words, job: Import) -> Text:
    """What came of it."""
    title = isolated(job.title)
    lines: list[Part] = [
        words.say("{title} is read.", title=title)
        if job.state == Stage.DONE
        else words.say("Reading {title} was stopped; begin it again to go on.", title=title)
    ]
    if not job.added and not job.found:
        lines.append(words.say("Nothing in it was new."))
        return Text.join(" ", lines)
    lines.append(words.say_n("{n} message was new.", "{n} messages were new.", job.added))
    if job.found:
        lines.append(
            words.say_n(
                "{n} question with answers waits for you: {command}",
                "{n} questions with answers wait for you: {command}",
                job.found,
                command=code("/answers review"),
            )
        )
    return Text.join(" ", lines)
