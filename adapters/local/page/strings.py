"""Every word of the page, as English source strings. "one" and "other" are plural forms."""

from collections.abc import Callable

from bot.commands import N_

Say = Callable[[str, str], str]
"""(language, English source string) gives the string as that language has it."""

STRINGS: dict[str, str | dict[str, str]] = {
    "rooms": N_("Rooms"),
    "openRooms": N_("Show rooms"),
    "closeRooms": N_("Hide rooms"),
    "threads": N_("Threads"),
    "private": N_("Convive, in private"),
    "privateHint": N_("Only you and Convive can read this"),
    "unread": N_("Unread"),
    "members": {"one": N_("1 member"), "other": N_("{n} members")},
    "replies": {"one": N_("1 reply"), "other": N_("{n} replies")},
    "noReplies": N_("No replies yet"),
    "votes": {"one": N_("1 vote"), "other": N_("{n} votes")},
    "youAre": N_("You are {name}"),
    "choosePerson": N_("Who are you?"),
    "addPerson": N_("Somebody new"),
    "name": N_("Name"),
    "language": N_("Language"),
    "asModerator": N_("Looks after the groups"),
    "moderator": N_("moderator"),
    "findPerson": N_("Find a name"),
    "join": N_("Come in"),
    "cancel": N_("Cancel"),
    "send": N_("Send"),
    "save": N_("Save"),
    "writeIn": N_("Write in {room}"),
    "writePrivate": N_("Write to Convive"),
    "writeAnswer": N_("Answer here"),
    "attach": N_("Add a file"),
    "removeFile": N_("Leave the file out"),
    "tooBig": N_("A file can have at most {n} kB here."),
    "replyingTo": N_("Answering {name}"),
    "editing": N_("Changing your message"),
    "reply": N_("Answer"),
    "react": N_("React"),
    "edit": N_("Change"),
    "delete": N_("Delete"),
    "more": N_("More"),
    "edited": N_("changed"),
    "pinned": N_("Pinned"),
    "app": N_("app"),
    "onlyYou": N_("Only you can see this"),
    "discard": N_("Put this note away"),
    "used": N_("{name} used {command}"),
    "gone": N_("A message that is gone"),
    "file": N_("A file"),
    "older": N_("Show earlier messages"),
    "beginning": N_("This is where it begins."),
    "newest": N_("Go to the newest"),
    "closesIn": N_("closes {when}"),
    "closed": N_("closed"),
    "several": N_("Choose as many as you like"),
    "choose": N_("Choose"),
    "required": N_("Please fill this in"),
    "optional": N_("optional"),
    "today": N_("Today"),
    "yesterday": N_("Yesterday"),
    "justNow": N_("just now"),
    "time": N_("Time here"),
    "pause": N_("Pause"),
    "realTime": N_("As in life"),
    "minuteSecond": N_("A minute each second"),
    "hourSecond": N_("An hour each second"),
    "nextEvent": N_("On to the next event"),
    "notHere": N_("That is not possible here."),
    "noRoom": N_("You are in no group yet."),
    "inPrivate": N_("Talk to Convive in private"),
}


def strings(say: Say, language: str) -> dict[str, str | dict[str, str]]:
    """All of them in one language."""
    return {
        key: say(language, source)
        if isinstance(source, str)
        else {form: say(language, text) for form, text in source.items()}
        for key, source in STRINGS.items()
    }
