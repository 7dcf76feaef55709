"""The feature that wishes and belongings register their handlers on."""

from bot.feature import Feature

privacy = Feature("privacy")
