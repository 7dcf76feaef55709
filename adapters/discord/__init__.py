"""Discord: everything that knows discord.py. `adapter.DiscordAdapter` is the way in."""
