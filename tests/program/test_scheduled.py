"""A scheduled prompt comes to both groups by their own clocks, and its answers come together."""

from datetime import timedelta

import pytest

from tests.program.convive import Convive, eventually
from tests.program.sides import PATIENCE, Himalaya, Hudson, full_minute, plan, share, unite

LATE = timedelta(seconds=15)
"""How late a busy machine may be; the plan is to the minute."""


@pytest.mark.prove
async def test_a_scheduled_prompt_comes_by_each_groups_clock_and_pools_its_answers(
    convive: Convive, himalaya: Himalaya, hudson: Hudson
) -> None:
    await convive.start()
    await unite(himalaya, hudson)
    at = full_minute(1)
    await share(himalaya, hudson, at)
    await plan(himalaya, hudson, at)
    await himalaya.posted(2, within=150)
    await hudson.posted(2, within=PATIENCE)
    here, there = himalaya.prompts(), hudson.prompts()
    assert (len(here), len(there)) == (2, 2)
    assert all(at <= prompt.at < at + LATE for prompt in (*here, *there))
    ours = next(p for p in here if any(q.text.startswith(p.text.split("\n")[0]) for q in there))
    theirs = next(q for q in there if q.text.startswith(ours.text.split("\n")[0]))
    await eventually(lambda: len(convive.posts()) == 4, PATIENCE, lambda: str(convive.posts()))
    await himalaya.api.until(lambda: ours.message.thread is not None, within=PATIENCE)
    await himalaya.answers(ours, "A river.")
    await himalaya.answers(ours, "A market.", in_thread=True)
    await hudson.answers(theirs, "A bridge.")
    await eventually(lambda: len(convive.answers()) == 3, PATIENCE, lambda: str(convive.answers()))
    read = [await himalaya.reads("prompt answers", number=number) for number in (1, 2)]
    assert any("Hudson" in text and "A bridge." in text for text in read)
    await hudson.nick.says(hudson.group, "/prompt answers 1")
    await hudson.nick.says(hudson.group, "/prompt answers 2")
    shown = (await hudson.said("A river.")).body
    assert "Himalaya" in shown
    assert "A market." in shown
