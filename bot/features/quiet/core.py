"""The feature that every part of the floor for quiet members registers its handlers on."""

from bot.feature import Feature

quiet = Feature("quiet")
