"""What people do in a world. Each act changes the world and becomes the event it stands for."""

from collections.abc import Sequence

from msgspec.structs import replace

from adapters.local.asking import find_choice, find_option
from adapters.local.model import PRIVATE_LINK, Asked, Group, Message, OpenForm, Refused
from adapters.local.standing import Standing
from adapters.local.telling import about, posted
from adapters.local.typed import Typed, parse
from bot.effects import Attachment
from bot.events import (
    ChoiceMade,
    CommandGiven,
    File,
    FormSubmitted,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    Opened,
    PollVoted,
    Reacted,
)
from bot.refs import ChatRef
from bot.text import Text


class Person(Standing):
    """One person's hands. Every act raises Refused if the world does not let them do it."""

    async def joins(self, group: Group, *, known: bool = False) -> None:
        """Enters a group; `known` means that the bot found them there when it came."""
        old = self.world.groups[group.id]
        if self.id in old.members:
            return
        with self.world.change():
            self.world.put(replace(old, members=(*old.members, self.id)))
            self.world.emit(MemberJoined(**self._fact("j", self.world.home(old.id)), known=known))

    async def leaves(self, group: Group) -> None:
        """Goes, with every office and role."""
        old = self.world.groups[group.id]
        if self.id not in old.members:
            raise Refused(f"{self.id} is not in {old.id}")

        def without(people: Sequence[str]) -> tuple[str, ...]:
            return tuple(person for person in people if person != self.id)

        with self.world.change():
            self.world.put(
                replace(
                    old,
                    members=without(old.members),
                    moderators=without(old.moderators),
                    roles={role: without(people) for role, people in old.roles.items()},
                )
            )
            self.world.emit(MemberLeft(**self._fact("g", self.world.home(old.id))))

    async def says(
        self,
        chat: ChatRef,
        text: str,
        *,
        reply_to: Message | None = None,
        attachment: Attachment | None = None,
    ) -> Message:
        """Writes into a room; `@Name` mentions somebody of the group."""
        self._enter(chat)
        if not text.strip() and attachment is None:
            raise Refused("nothing was said")
        answered = self._find(reply_to) if reply_to else None
        with self.world.change():
            message = Message(
                id=str(self.world.next()),
                chat=chat,
                author=self.id,
                at=self.world.now(),
                text=self._spans(chat, text),
                reply_to=answered.id if answered else None,
                file=self.world.store_file(attachment) if attachment else None,
            )
            self.world.put(message)
            self.world.emit(posted(self.world, message))
        return message

    async def edits(self, message: Message, text: str) -> Message:
        """Gives a message of theirs another text."""
        old = self._own(message)
        new = replace(old, text=self._spans(old.chat, text), edited=self.world.now())
        with self.world.change():
            self.world.put(new)
            self.world.emit(MessageEdited(**self._fact("e", old.chat), message=old.id, text=text))
        return new

    async def deletes(self, message: Message) -> None:
        """Takes away a message: their own, or any as a moderator."""
        old = self._find(message)
        if not self.moderates(old.chat.group):
            self._own(old)
        with self.world.change():
            self.world.put(replace(old, text=Text(), deleted=True))
            self.world.emit(
                MessageDeleted(
                    id=f"l:d:{old.id}", at=self.world.now(), chat=old.chat, message=old.id
                )
            )

    async def reacts(self, message: Message, emoji: str, *, added: bool = True) -> None:
        """Puts an emoji on a message, or takes it away; nothing happens the second time."""
        old = self._find(message)
        who = old.reactions.get(emoji, ())
        if (self.id in who) == added:
            return
        changed = (*who, self.id) if added else tuple(p for p in who if p != self.id)
        reactions = {e: people for e, people in {**old.reactions, emoji: changed}.items() if people}
        with self.world.change():
            self.world.put(replace(old, reactions=reactions))
            self.world.emit(
                Reacted(
                    **self._fact("r", old.chat),
                    message=old.id,
                    emoji=emoji,
                    added=added,
                    moderator=self.moderates(old.chat.group),
                )
            )

    async def presses(self, message: Message, button: str) -> None:
        """Presses a button, by its label or id."""
        old = self._find(message)
        self._choose(old, find_choice(old, button))

    async def picks(self, message: Message, option: str) -> None:
        """Picks a line of a menu, by its label or id."""
        old = self._find(message)
        self._choose(old, find_option(old, option))

    async def votes(self, message: Message, options: Sequence[int]) -> None:
        """Votes in a poll, by index; an empty choice takes the vote back."""
        old = self._find(message)
        ballot = old.poll
        if ballot is None or self.world.now() >= ballot.closes:
            raise Refused("there is no open poll here")
        choice = tuple(sorted(set(options)))
        if len(choice) > 1 and not ballot.multiple:
            raise Refused("one option only")
        if not all(0 <= index < len(ballot.options) for index in choice):
            raise Refused("no such option")
        votes = {p: v for p, v in {**ballot.votes, self.id: choice}.items() if v}
        with self.world.change():
            self.world.put(replace(old, poll=replace(ballot, votes=votes)))
            self.world.emit(PollVoted(**self._fact("v", old.chat), message=old.id, options=choice))

    async def gives_command(
        self,
        chat: ChatRef,
        line: str,
        *,
        files: dict[str, File] | None = None,
        reply_to: Message | None = None,
    ) -> None:
        """Gives a command as it is typed: `/prompt add What made you smile?`."""
        self._enter(chat)
        rooms = self.world.rooms_of(chat.group)
        typed = parse(line, self.world.commands, self._company(chat), rooms)
        self._give(chat, typed, files=files, on=self._find(reply_to) if reply_to else None)

    async def uses_menu(self, message: Message, path: str) -> None:
        """Opens the menu of a message and takes the command with this path."""
        old = self._find(message)
        if path not in [command.path for command in self.menu(old.chat)] or old.only_for:
            raise Refused(f"the menu of message {old.id} has no /{path}")
        self._give(old.chat, Typed(path), on=old)

    def _give(
        self,
        chat: ChatRef,
        typed: Typed,
        *,
        files: dict[str, File] | None = None,
        on: Message | None = None,
    ) -> None:
        more = (*(file.name for file in (files or {}).values()), on.id if on else "")
        given = " ".join((typed.path, *typed.args.values(), typed.rest, *more))
        with self.world.change():
            asked = self._asked(command=typed.path, about=(given,))
            self.world.emit(
                CommandGiven(
                    **self._fact("c", chat),
                    **self._answerable(chat, asked),
                    path=typed.path,
                    args=typed.args,
                    line=typed.rest,
                    files=files or {},
                    about=about(self.world, on) if on else None,
                    unknown=typed.unknown,
                )
            )

    async def fills(self, form: OpenForm, values: dict[str, str]) -> None:
        """Sends a form that stands open for them; fields left out keep what stood in them."""
        if form.to != self.id or form.id not in self.world.forms:
            raise Refused("this form is not open")
        filled = {field.name: values.get(field.name, field.value) for field in form.form.fields}
        for field in form.form.fields:
            if field.required and not filled[field.name].strip():
                raise Refused(f"{field.label} is missing")
            if len(filled[field.name]) > field.max_length:
                raise Refused(f"{field.label} has at most {field.max_length} characters")
        with self.world.change():
            self.world.close_form(form)
            self.world.emit(
                FormSubmitted(
                    **self._fact("f", form.chat),
                    **self._answerable(form.chat, self._filled(form)),
                    form=form.form.id,
                    arg=form.arg,
                    values=filled,
                )
            )

    async def dismisses(self, form: OpenForm) -> None:
        """Closes a form without sending it."""
        with self.world.change():
            self.world.close_form(form)

    async def opens_private(self, payload: str = "") -> None:
        """Opens the conversation with the bot, as by a link that carries `payload`."""
        chat = self.private_chat
        with self.world.change():
            self.world.put(replace(self.profile, closed=False))
            self.world.emit(
                Opened(
                    **self._fact("o", chat),
                    **self._answerable(chat, self._asked()),
                    payload=payload,
                )
            )

    async def follows(self, address: str) -> None:
        """Follows a link of the bot's that opens the private conversation."""
        if not address.startswith(PRIVATE_LINK):
            raise Refused(f"{address} leads out of this world")
        await self.opens_private(address.removeprefix(PRIVATE_LINK))

    async def discards(self, note: Message) -> None:
        """Takes a note for their eyes away; nobody hears of it."""
        if (old := self._find(note)).only_for != self.id:
            raise Refused("only notes are discarded")
        self.world.put_away(old)

    async def closes_private(self) -> None:
        """Lets the bot write in private no more."""
        with self.world.change():
            self.world.put(replace(self.profile, closed=True))

    def forms(self) -> list[OpenForm]:
        """The forms that stand open for them, oldest first."""
        return [form for form in self.world.forms.values() if form.to == self.id]

    def _filled(self, form: OpenForm) -> Asked:
        """A form is filled where it was asked for: its answer belongs there."""
        asked = form.asked
        return self._asked(message=asked.message, about=asked.about) if asked else self._asked()

    def _choose(self, message: Message, choice: str) -> None:
        with self.world.change():
            asked = self._asked(message=message.id, about=(message.id, choice))
            self.world.emit(
                ChoiceMade(
                    **self._fact("p", message.chat),
                    **self._answerable(message.chat, asked),
                    choice=choice,
                    message=message.id,
                )
            )
