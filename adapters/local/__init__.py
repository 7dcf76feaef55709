"""A platform of our own: chat groups in one process, with a page in the browser."""

from adapters.local.client import Faults, LocalAdapter
from adapters.local.model import Message, Refused
from adapters.local.people import Person
from adapters.local.world import World

__all__ = ["Faults", "LocalAdapter", "Message", "Person", "Refused", "World"]
