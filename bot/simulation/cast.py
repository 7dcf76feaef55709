"""Who lives in the simulated community: three groups, their rooms and their people."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

COMMUNITY: Final = "Friends of the Lighthouse"
VISITOR: Final = "Robin (you)"
"""Whoever opens the page begins as this person, who looks after all three groups."""


class Temper(StrEnum):
    """How somebody takes part."""

    CHATTY = "chatty"
    STEADY = "steady"
    SHY = "shy"
    QUIET = "quiet"
    """Says nothing by chance: what they say is in the screenplay."""


class Member(Struct, frozen=True):
    """One person. Who has a `joins` day comes later than the others."""

    name: str
    temper: Temper = Temper.STEADY
    joins: int = 0

    @property
    def called(self) -> str:
        """The first name, which is unique in a group."""
        return self.name.split()[0]


class Town(Struct, frozen=True):
    """One group. `rooms` are the lounge, the help room and the moderators' room."""

    key: str
    title: str
    language: str
    zone: str
    rooms: tuple[str, str, str]
    plan: str
    evening: str
    """When they play, in the group's language."""
    moderators: tuple[str, ...]
    hosts: tuple[str, ...]
    """Those who agree to be asked to begin."""
    members: tuple[Member, ...]

    @property
    def lead(self) -> str:
        """The moderator who sets things up."""
        return self.moderators[0]


def _members(
    *, chatty: str, steady: str, shy: str, quiet: str, late: dict[str, int]
) -> tuple[Member, ...]:
    tempers = (
        (Temper.CHATTY, chatty),
        (Temper.STEADY, steady),
        (Temper.QUIET, quiet),
        (Temper.SHY, shy),
    )
    return tuple(
        Member(name.strip(), temper, late.get(name.strip(), 0))
        for temper, names in tempers
        for name in names.split(",")
    )


NEW_YORK: Final = Town(
    key="new-york",
    title="Lighthouse New York (simulated)",
    language="en",
    zone="America/New_York",
    rooms=("lounge", "help", "moderators"),
    plan="Mondays, Wednesdays and Fridays at 9:00",
    evening="Fridays at 18:00",
    moderators=("Ruth Adler", "Marcus Bell"),
    hosts=("Grace Kim", "Hannah Kowalski"),
    members=_members(
        chatty="Ruth Adler, Jamal Wright, Priya Raman, Tom O’Hara, Sofia Petrov",
        steady="Marcus Bell, Diego Santos, Hannah Kowalski, Mei Lin, Aisha Khan, Grace Kim, "
        "Leo Fischer, Nate Cooper, Camille Ortiz, Yusuf Demir, Elif Kaya",
        shy="Olive Park, Dana Levy",
        quiet="Ben Tran, Sam Whitaker, Walter Novak",
        late={"Elif Kaya": 16},
    ),
)
NAIROBI: Final = Town(
    key="nairobi",
    title="Lighthouse Nairobi (simulated)",
    language="en",
    zone="Africa/Nairobi",
    rooms=("lounge", "help", "moderators"),
    plan="Mondays, Wednesdays and Fridays at 9:00",
    evening="Fridays at 18:00",
    moderators=("Wanjiru Kamau", "Otieno Ouma"),
    hosts=("Chebet Koech", "Faith Njeri"),
    members=_members(
        chatty="Wanjiru Kamau, Brian Mwangi, Amina Hassan, Zawadi Mutua",
        steady="Otieno Ouma, Chebet Koech, Faith Njeri, Kevin Odhiambo, Halima Abdi, "
        "Samuel Tesfaye, Lydia Achieng, Moses Barasa, Joy Wambui, Neema Juma",
        shy="Peter Kiprop, Daniel Kimani",
        quiet="Ali Salim, Esther Moraa, Naomi Githinji",
        late={"Neema Juma": 11},
    ),
)
PARIS: Final = Town(
    key="paris",
    title="Le Phare, Paris (simulé)",
    language="fr",
    zone="Europe/Paris",
    rooms=("salon", "entraide", "modération"),
    plan="lundi et jeudi à 18:30",
    evening="vendredi à 18:00",
    moderators=("Claire Fournier", "Mehdi Benali"),
    hosts=("Inès Moreau", "Sarah Cohen"),
    members=_members(
        chatty="Claire Fournier, Oumar Traoré, Chloé Martin, Farid Haddad",
        steady="Mehdi Benali, Aïcha Diallo, Baptiste Roux, Élodie Garnier, Inès Moreau, "
        "Julien Petit, Kenza Amrani, Louise Bernard, Nadia Cherif, Thu Nguyen, Sarah Cohen, "
        "Yann Le Goff",
        shy="Mathieu Lambert, Pauline Girard, Quentin Faure",
        quiet="Dimitri Leroy, Victor Marchand",
        late={"Yann Le Goff": 19},
    ),
)
TOWNS: Final = (NEW_YORK, NAIROBI, PARIS)
