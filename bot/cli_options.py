"""The options that commands of the command line share, by name."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from bot.i18n import Words

DEFAULT_CONFIG = "config.toml"
Adds = Callable[[argparse.ArgumentParser, Words], object]
OPTIONS: dict[str, Adds] = {
    "community": lambda parser, words: parser.add_argument(
        "--community",
        type=int,
        metavar="N",
        help=words.plain("the number of the community, if there are several"),
    ),
    "config": lambda parser, words: parser.add_argument(
        "--config",
        type=Path,
        metavar=words.plain("FILE"),
        default=Path(os.environ.get("CONVIVE_CONFIG", DEFAULT_CONFIG)),
        help=words.plain("the configuration (config.toml, or what CONVIVE_CONFIG names)"),
    ),
    "file": lambda parser, words: parser.add_argument(
        "file", type=Path, metavar=words.plain("FILE")
    ),
    "folder": lambda parser, words: parser.add_argument(
        "folder", type=Path, metavar=words.plain("FOLDER")
    ),
    "force": lambda parser, words: parser.add_argument(
        "--force", action="store_true", help=words.plain("replace what the store holds now")
    ),
    "fresh": lambda parser, words: parser.add_argument(
        "--fresh", action="store_true", help=words.plain("forget the last demo and start anew")
    ),
    "group": lambda parser, words: parser.add_argument(
        "--group", type=int, metavar="N", help=words.plain("the number of the group")
    ),
    "port": lambda parser, words: parser.add_argument(
        "--port", type=int, default=8080, help=words.plain("where the page is shown")
    ),
    "preview": lambda parser, words: parser.add_argument(
        "--preview", action="store_true", help=words.plain("tell what it holds and change nothing")
    ),
    "yes": lambda parser, words: parser.add_argument(
        "--yes", action="store_true", help=words.plain("don't ask before the beginning")
    ),
    "to": lambda parser, words: parser.add_argument(
        "--to",
        metavar="URL",
        help=words.plain("copy everything into another, empty database, such as PostgreSQL"),
    ),
}
