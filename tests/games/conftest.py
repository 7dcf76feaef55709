"""Settings of hypothesis: a shared machine is no reason to fail an example."""

from hypothesis import settings

settings.register_profile("games", deadline=None)
settings.load_profile("games")
