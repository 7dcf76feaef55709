"""Discord, through discord.py: `adapter.DiscordAdapter`.

Nothing is imported here, so that reading the configuration doesn't load the library.
"""
