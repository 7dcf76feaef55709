"""A real python-telegram-bot Application lives in the loopback Telegram."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageReactionHandler,
    PollAnswerHandler,
)

from tests.telegram_api import TelegramApi
from tests.telegram_api.client import App

Context = ContextTypes.DEFAULT_TYPE


async def polling(api: TelegramApi, app: App) -> None:
    assert app.updater is not None
    await app.start()
    await app.updater.start_polling(allowed_updates=Update.ALL_TYPES, timeout=5)
    await api.until(lambda: bool(api.calls("getUpdates")))


async def stopped(app: App) -> None:
    assert app.updater is not None
    await app.updater.stop()
    await app.stop()


async def greet(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    assert update.effective_user is not None
    button = InlineKeyboardButton("Wave", callback_data="wave")
    await update.effective_message.reply_text(
        f"Hello, {update.effective_user.first_name}",
        reply_markup=InlineKeyboardMarkup([[button]]),
    )


async def wave_back(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("You waved")
    await query.edit_message_text("Waved")


async def test_a_command_is_answered_and_its_button_works(api: TelegramApi, app: App) -> None:
    app.add_handler(CommandHandler("hello", greet))
    app.add_handler(CallbackQueryHandler(wave_back))
    ann = api.user("Ann")
    friends = api.group("Friends", ann)
    await polling(api, app)
    question = await ann.says(friends, "/hello")
    greeting = await api.sees(friends, "Hello, Ann")
    press = await ann.presses(greeting, "Wave")
    assert (await press.answered())["text"] == "You waved"
    await api.sees(friends, "Waved")
    await stopped(app)
    assert greeting.reply_to is question


async def test_votes_and_reactions_reach_the_bot(api: TelegramApi, app: App) -> None:
    told: list[object] = []

    async def voted(update: Update, context: Context) -> None:
        assert update.poll_answer is not None
        told.append(update.poll_answer.option_ids)

    async def reacted(update: Update, context: Context) -> None:
        assert update.message_reaction is not None
        told.append(update.message_reaction.new_reaction[0].to_dict()["emoji"])

    app.add_handler(PollAnswerHandler(voted))
    app.add_handler(MessageReactionHandler(reacted))
    ann = api.user("Ann")
    friends = api.supergroup("Friends", ann, bot="administrator")
    await polling(api, app)
    await app.bot.send_poll(friends.id, "Tea?", ["Yes", "No"], is_anonymous=False)
    await ann.votes(friends.last, "No")
    await ann.reacts(friends.last, "👍")
    await api.confirmed()
    await stopped(app)
    assert told == [(1,), "👍"]


async def test_a_lost_answer_loses_no_update(api: TelegramApi, app: App) -> None:
    app.add_handler(CommandHandler("hello", greet))
    ann = api.user("Ann")
    api.lose_answer("getUpdates")
    await ann.says(ann.private, "/hello")
    await polling(api, app)
    await api.sees(ann.private, "Hello, Ann")
    await stopped(app)


async def test_a_webhook_is_told_until_it_answers_200(
    api: TelegramApi, app: App, unused_tcp_port: int
) -> None:
    app.add_handler(CommandHandler("hello", greet))
    ann = api.user("Ann")
    await ann.starts()
    await ann.says(ann.private, "/hello")
    url = f"http://127.0.0.1:{unused_tcp_port}/hook"
    await app.bot.set_webhook(url, secret_token="s3cret")
    webhook = api.updates.webhook
    assert webhook is not None
    await api.until(lambda: webhook.refusals > 0)
    assert app.updater is not None
    await app.start()
    await app.updater.start_webhook(
        "127.0.0.1", unused_tcp_port, "hook", webhook_url=url, secret_token="s3cret"
    )
    await api.sees(ann.private, "Hello, Ann")
    await stopped(app)
