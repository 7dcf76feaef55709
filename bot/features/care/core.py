"""The feature that pausing, checking and telling register their handlers on."""

from bot.feature import Feature

care = Feature("care")
