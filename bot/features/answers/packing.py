"""`/answers export`: the same as a file, for moderators."""

import zipfile
from collections import defaultdict
from io import BytesIO

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Attachment
from bot.events import CommandGiven
from bot.features.answers import reading
from bot.features.answers.core import answers
from bot.site.places import Place, place
from bot.store.database import Tx
from bot.text import code

MOST = 500
"""Questions that are packed while everybody waits."""
BYTES = 7_000_000
"""What every platform takes as one file."""
_BEGINNING = (1980, 1, 1, 0, 0, 0)


@answers.command(
    Command("answers export", N_("Get the kept answers as pages, text and data"), moderator=True)
)
async def export(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """One zip; larger collections are written by whoever runs the bot."""
    found = await place(ctx.tx, ctx.here.community)
    count = sum(s.questions for s in await reading.shelves(ctx.tx, ctx.here.community))
    if found is None or count == 0:
        return [ctx.whisper(ctx.own.say("No question is kept here yet."))]
    packed = await packed_files(ctx.tx, found) if count <= MOST else b""
    if not packed or len(packed) > BYTES:
        too_many = ctx.own.say(
            "These are too many to send. Whoever runs this bot can write them into a folder with "
            "{command}.",
            command=code("convive answers export FOLDER"),
        )
        return [ctx.whisper(too_many)]
    said = ctx.own.say_n(
        "{n} question with its answers: open index.html to read them.",
        "{n} questions with their answers: open index.html to read them.",
        count,
    )
    return [ctx.whisper(said, attachment=Attachment("answers.zip", packed))]


async def packed_files(tx: Tx, found: Place) -> bytes:
    """A zip of every file, the same for the same store."""
    from bot.features.answers.site import catalogue  # loads templates, which few runs need

    texts: dict[str, list[str]] = defaultdict(list)
    async for name, text in catalogue.written(tx, found):
        texts[name].append(text)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(texts):
            info = zipfile.ZipInfo(f"answers/{name}", _BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, "".join(texts[name]))
    return out.getvalue()
