"""The coin, when a dialogue is not about it."""

import pytest

from bot.features.ambassadors import learning


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coin always says: ask."""

    async def surely(*_: object) -> float:
        return 1.0

    monkeypatch.setattr(learning, "chance", surely)


@pytest.fixture
def not_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coin always says: don't."""

    async def never(*_: object) -> float:
        return 0.0

    monkeypatch.setattr(learning, "chance", never)
