"""The feature that every part of the prompts registers its handlers on."""

from bot.feature import Feature

prompt = Feature("prompt")
