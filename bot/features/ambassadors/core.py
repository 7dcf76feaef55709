"""The feature that everything about ambassadors registers its handlers on."""

from bot.feature import Feature

ambassadors = Feature("ambassadors")
