"""The command line. What goes wrong is said in a sentence, in the reader's language."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import version

from bot.cli_options import OPTIONS
from bot.commands import N_
from bot.i18n import Words
from bot.settings import BadSettings, Settings, load

Command = Callable[[argparse.Namespace, Words], int]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns its exit code: 0 done, 1 not done, 2 a faulty configuration."""
    words = Words(language(os.environ))
    asked = _parser(words).parse_args(arguments)
    try:
        return int(asked.command(asked, words))
    except BadSettings as bad:
        _say_faults(bad, words)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from bot.operations.excuses import excuse

        sentence = excuse(error, words)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 1


def language(env: Mapping[str, str]) -> str:
    """The language of a terminal, as POSIX says it."""
    return next((env[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(n)), "")


def _say_faults(bad: BadSettings, words: Words) -> None:
    print(words.say("The configuration {file} can't be used:", file=str(bad.path)), file=sys.stderr)
    for fault in bad.faults:
        sentence = words.say(fault.message, **fault.parts)
        if fault.line:
            sentence = words.say("line {line}: {fault}", line=str(fault.line), fault=sentence)
        print(f"  {sentence}", file=sys.stderr)


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("convive", description=words.plain(ABOUT))
    metavar = words.plain("COMMAND")
    commands = {"": parser.add_subparsers(metavar=metavar, required=True)}
    for family, about in FAMILIES.items():
        made = commands[""].add_parser(family, help=words.plain(about))
        commands[family] = made.add_subparsers(metavar=metavar, required=True)
    for path, (command, about, options) in COMMANDS.items():
        family, _, name = path.rpartition(" ")
        said = words.plain(about)
        sub = commands[family].add_parser(name, help=said, description=said)
        sub.set_defaults(command=command)
        for option in options:
            OPTIONS[option](sub, words)
    return parser


def _settings(asked: argparse.Namespace) -> Settings:
    from bot.app import BLOCKS

    return load(asked.config, BLOCKS)


def _run(asked: argparse.Namespace, words: Words) -> int:
    from bot.running import run

    asyncio.run(run(_settings(asked)))
    return 0


def _check(asked: argparse.Namespace, words: Words) -> int:
    from bot import logs
    from bot.operations.check import check

    settings = _settings(asked)
    logs.configure(settings.log, settings.secrets())
    faults = 0

    async def tell() -> None:
        nonlocal faults
        async for platform, finding in check(settings):
            faults += not finding.ok
            place = " ".join(filter(None, (platform, str(finding.chat or ""))))
            mark = "✓" if finding.ok else "✗"
            print(f"{mark} {f'[{place}] ' if place else ''}{words.plain(finding.what)}")
            if not finding.ok and finding.mend:
                print(f"    → {words.plain(finding.mend)}")

    asyncio.run(tell())
    print(words.plain("All is well.") if not faults else words.plain("Mend what is marked ✗."))
    return 1 if faults else 0


def _backup(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.backup import backup

    asyncio.run(backup(_settings(asked).store_url, asked.file))
    print(words.say("Everything is in {file}.", file=str(asked.file)))
    return 0


def _restore(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.restore import restore

    url = _settings(asked).store_url
    asyncio.run(restore(asked.file, url, force=asked.force))
    print(words.plain("Restored. What was waiting to be sent then is not sent again."))
    return 0


def _export(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.export import export

    counts = asyncio.run(export(_settings(asked).store_url, asked.folder, words))
    rows = words.number(sum(counts.values()))
    print(words.say("{rows} rows are in {folder}.", rows=rows, folder=str(asked.folder)))
    return 0


def _migrate(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.moving import bring_up_to_date, move

    url = _settings(asked).store_url
    if asked.to:
        counts = asyncio.run(move(url, asked.to))
        rows = words.number(sum(counts.values()))
        print(words.say("{rows} rows were copied. Now put the new url into [store].", rows=rows))
        return 0
    asyncio.run(bring_up_to_date(url))
    print(words.plain("The database is up to date."))
    return 0


def _demo(asked: argparse.Namespace, words: Words) -> int:
    from bot.simulation.demo import main as demo

    return demo(fresh=asked.fresh, port=asked.port)


def _entry(name: str) -> Command:
    """A command that reads JSON lines and answers each as it comes."""

    def run(asked: argparse.Namespace, words: Words) -> int:
        entry = import_module(name)
        try:
            entry.run(sys.stdin, sys.stdout)
        except entry.BadLine as bad:
            print(bad, file=sys.stderr)
            return 2
        return 0

    return run


def _answers_export(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.publish import publish

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{words.percent(done / total)} ", end="", file=sys.stderr, flush=True)

    url = _settings(asked).store_url
    count = asyncio.run(publish(url, asked.folder, asked.community, tell))
    said = words.say_n(
        "{n} question with its answers is in {folder}.",
        "{n} questions with their answers are in {folder}.",
        count,
        folder=str(asked.folder),
    )
    print(said)
    return 0


def _answers_import(asked: argparse.Namespace, words: Words) -> int:
    from bot.operations.past import take_in

    url = _settings(asked).store_url
    options = {"group": asked.group, "preview": asked.preview, "sure": asked.yes}
    return 0 if asyncio.run(take_in(url, asked.file, words, print, input, **options)) else 1


def _version(asked: argparse.Namespace, words: Words) -> int:
    print(f"convive {version('convive')}")
    return 0


FAMILIES = {"answers": N_("What is kept of questions and answers.")}
ABOUT = N_("Convive turns an existing group into a community.")
COMMANDS: dict[str, tuple[Command, str, tuple[str, ...]]] = {
    "run": (_run, N_("Runs Convive with a configuration."), ("config",)),
    "check": (_check, N_("Tests the configuration, tokens and permissions."), ("config",)),
    "backup": (
        _backup,
        N_("Copies everything into one file, also while it runs."),
        ("config", "file"),
    ),
    "restore": (_restore, N_("Goes back to a backup."), ("config", "force", "file")),
    "export": (_export, N_("Writes everything as text files."), ("config", "folder")),
    "migrate": (_migrate, N_("Brings the database up to date, or moves it."), ("config", "to")),
    "demo": (_demo, N_("Shows a living group in your browser."), ("fresh", "port")),
    "answers export": (
        _answers_export,
        N_("Writes the kept answers as pages, as a FAQ and as data."),
        ("config", "community", "folder"),
    ),
    "answers import": (
        _answers_import,
        N_("Takes in an exported history: who talked with whom, and what was answered."),
        ("config", "group", "preview", "yes", "file"),
    ),
    "answers rank": (
        _entry("bot.recall.entry"),
        N_("Scores texts for a question: JSON lines in, JSON lines out."),
        (),
    ),
    "answers links": (
        _entry("bot.links.entry"),
        N_("Says which message answers which: JSON lines in, JSON lines out."),
        (),
    ),
    "version": (_version, N_("Says which version this is."), ()),
}
