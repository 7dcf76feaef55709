"""The feature that arrival, the wizard and communities register their handlers on."""

from bot.feature import Feature

setup = Feature("setup")
