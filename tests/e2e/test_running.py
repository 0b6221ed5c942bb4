"""The process: how it starts, what it says when it cannot, and how it stops."""

import asyncio
import contextlib
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.playground.botapi.fields import too_many_requests
from bot.playground.botapi.updates import SECRET_HEADER
from bot.texts import texts_for
from storage import Archive, NewPost, Source
from tests.support.client import PATIENCE, button
from tests.support.faults import Fault, Silence
from tests.support.patience import patient
from tests.support.stage import SECRET_PART, TOKEN, Stage, stage_at

EN = texts_for("en")
OTHER_TOKEN = "7000001:AAHother-token_0123456789abcdefghijk"
STOPS_WITHIN = 3.0


async def test_a_new_archive_is_filled_with_the_seeds(tmp_path: Path) -> None:
    async with stage_at(tmp_path / "galpi.db") as stage:
        await stage.start()
        ada = stage.telegram.person()
        assert EN.plural("stats.posts", 51) in (await ada.asks("/stats")).text


async def test_a_start_that_was_cut_off_is_completed(tmp_path: Path) -> None:
    async with stage_at(tmp_path / "galpi.db") as stage:
        first = await stage.run()
        await first.prints()  # it fills the archive
        await first.kill()
        await stage.start()
        assert EN.plural("stats.posts", 51) in (await stage.telegram.person().asks("/stats")).text


async def test_an_index_of_other_rules_is_made_anew_first(own_stage: Stage) -> None:
    with closing(sqlite3.connect(own_stage.database)) as connection, connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE name = 'normal_form'")
    bot = await own_stage.start()
    await bot.says("Galpi runs as")
    assert "Rebuilding the search index of 51 posts: 0 %" in bot.output
    assert bot.output.index("51 posts: 100 %") < bot.output.index("Galpi runs as")


async def test_no_archive(tmp_path: Path) -> None:
    text, nowhere = tmp_path / "notes.txt", tmp_path / "no folder" / "galpi.db"
    text.write_text("not an archive\n" * 100)
    for database, named in ((text, text), (nowhere, nowhere.parent)):
        async with stage_at(database) as stage:
            bot = await stage.run()
            assert await bot.ends() == 1
            (sentence,) = bot.lines
            assert str(named) in sentence
    assert text.read_text() == "not an archive\n" * 100
    assert not nowhere.parent.exists()


async def test_a_clean_stop(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await own_stage.telegram.person().asks("/help")
    started = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - started < patient(STOPS_WITHIN)
    assert "Traceback" not in bot.output


@pytest.mark.parametrize("fault", [too_many_requests(60), Silence.HANG])
async def test_a_stop_while_an_answer_waits(own_stage: Stage, fault: Fault) -> None:
    bot = await own_stage.start()
    own_stage.server.faults.add(fault, "sendMessage")
    own_stage.telegram.person().sends("/help")
    await own_stage.telegram.fails("sendMessage")
    started = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - started < patient(STOPS_WITHIN)
    assert "Traceback" not in bot.output


async def test_a_stop_before_the_server_is_there(own_stage: Stage) -> None:
    await own_stage.server.stop()
    bot = await own_stage.run()
    await bot.prints()
    started = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - started < patient(STOPS_WITHIN)


async def test_old_buttons_after_a_restart(own_stage: Stage) -> None:
    ada = own_stage.telegram.person()
    first = await own_stage.start()
    message = await ada.asks("투자")
    assert await first.stop() == 0
    await own_stage.start()
    turned = await ada.turns(message, "▶")
    assert "투자" in turned.text.splitlines()[0]
    assert turned.text != message.text


async def test_a_language_after_a_restart(own_stage: Stage) -> None:
    ada = own_stage.telegram.person(language="en")
    first = await own_stage.start()
    await ada.asks("/lang ko")
    await first.stop()
    await own_stage.start()
    assert texts_for("ko")("help.title") in (await ada.asks("/help")).text


async def test_a_question_asked_while_it_was_away(own_stage: Stage) -> None:
    ada = own_stage.telegram.person()
    ada.sends("/help")
    await own_stage.start()
    assert EN("help.title") in (await ada.hears()).text


async def test_a_killed_bot_starts_again(own_stage: Stage) -> None:
    ada = own_stage.telegram.person()
    first = await own_stage.start()
    message = await ada.asks("투자")
    await first.kill()
    await own_stage.start()
    assert (await ada.turns(message, "▶")).text != message.text


@pytest.mark.parametrize("token", [OTHER_TOKEN, TOKEN])
async def test_a_wrong_token(own_stage: Stage, token: str) -> None:
    own_stage.forgive("Unauthorized")
    own_stage.api.token = "8000001:" + SECRET_PART[::-1]
    bot = await own_stage.run({"TELEGRAM_BOT_TOKEN": token})
    assert await bot.ends() == 1
    (sentence,) = bot.lines
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert token.partition(":")[2] not in bot.output


async def test_a_token_that_is_revoked_meanwhile(own_stage: Stage) -> None:
    bot = await own_stage.start()
    await own_stage.telegram.person().asks("/help")
    own_stage.forgive("Unauthorized")
    own_stage.api.token = OTHER_TOKEN
    own_stage.api.updates.end_poll()
    assert await bot.ends() == 1
    assert "TELEGRAM_BOT_TOKEN" in bot.lines[-1]
    assert "Traceback" not in bot.output


async def test_a_server_that_comes_late(own_stage: Stage) -> None:
    await own_stage.server.stop()
    bot = await own_stage.run()
    (sentence,) = await bot.prints()
    assert own_stage.server.url.removeprefix("http://") in sentence
    assert bot.is_running
    await own_stage.server.start()
    assert EN("help.title") in (await own_stage.telegram.person().asks("/help")).text
    assert bot.output.count("does not answer") == 1


async def test_a_server_that_goes_and_comes(own_stage: Stage) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person()
    await ada.asks("/help")
    await own_stage.server.stop()
    await bot.says("does not answer")
    await own_stage.server.start()
    assert EN("help.title") in (await ada.asks("/help")).text
    assert bot.output.count("does not answer") == 1
    assert "Traceback" not in bot.output


async def test_a_second_poller(own_stage: Stage) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person()
    await ada.asks("/help")
    own_stage.forgive("getUpdates: Conflict: terminated by other getUpdates request")
    async with httpx.AsyncClient() as other:
        address = f"{own_stage.server.url}/bot{TOKEN}/getUpdates"
        for _ in range(2):
            async with asyncio.timeout(PATIENCE):
                await own_stage.api.updates.waited_for.wait()
            interrupted = await other.post(address, json={"timeout": 30}, timeout=30)
            assert interrupted.status_code == 409
    assert EN("help.title") in (await ada.asks("/help")).text
    assert bot.output.count("nother program") == 1
    assert "Traceback" not in bot.output


async def test_the_test_environment(database: Path) -> None:
    async with stage_at(database, test_environment=True) as stage:
        await stage.start()
        assert EN("help.title") in (await stage.telegram.person().asks("/help")).text


async def test_allowed_chats(own_stage: Stage) -> None:
    ada, bob = own_stage.telegram.person("Ada"), own_stage.telegram.person("Bob")
    team, others = own_stage.telegram.group("Team", bob), own_stage.telegram.group("Others", bob)
    await own_stage.start({"GALPI_ALLOWED_CHATS": f"{ada.user.id}, {team.id}"})
    bob.sends("/help")
    bob.sends("/help", others)
    assert EN("help.title") in (await bob.asks("/help", team)).text
    greeting = await ada.asks("/help")
    assert EN("help.title") in greeting.text
    assert [len(chat.messages) for chat in (bob.private, others, team)] == [1, 1, 2]
    foreign = await bob.presses(bob.private.messages[1], data=button(greeting, "Tags").value)
    assert foreign.text == ""
    await ada.asks("/help")
    assert len(bob.private.messages) == 1


async def test_a_post_longer_than_a_message(own_stage: Stage) -> None:
    paragraphs = [f"{n}. " + "<글> & 😀 " * 80 for n in range(1, 12)]
    post = NewPost(text="\n\n".join(paragraphs), ordinal=2**40)
    async with Archive.open(own_stage.database) as archive:
        await archive.add(Source(title="Long reads"), [post])
        (newest,) = (await archive.posts(limit=1)).items
    await own_stage.start()
    ada = own_stage.telegram.person()
    parts = await ada.reads(f"/start post-{newest.id}")
    assert len(parts) > 1
    whole = "\n\n".join(part.text for part in parts)
    assert [paragraph.strip() in whole for paragraph in paragraphs] == [True] * len(paragraphs)
    assert "Long reads" in parts[-1].text
    similar = await ada.presses(parts[-1], EN("button.similar"))
    assert similar.text == ""
    assert (await ada.hears()).id == parts[-1].id + 1


async def test_a_webhook(own_stage: Stage, free_port: int) -> None:
    local, secret = f"http://127.0.0.1:{free_port}", "a-Secret_1"
    own_stage.api.courier.proxy = local
    await own_stage.run(
        {
            "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
            "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{free_port}",
            "GALPI_WEBHOOK_SECRET": secret,
        }
    )
    ada = own_stage.telegram.person()
    found = await ada.asks("투자")
    assert (await ada.turns(found, "▶")).text != found.text
    update = {"update_id": 1, "message": ada.sends("forged").json()}
    async with httpx.AsyncClient() as client:
        for path, headers, status in (
            ("galpi", {}, 403),
            ("galpi", {SECRET_HEADER: "wrong"}, 403),
            ("galpi", {SECRET_HEADER: secret + "x"}, 403),
            ("other", {SECRET_HEADER: secret}, 404),
        ):
            # Hung up on, if the body, which nobody reads, is under way by then.
            with contextlib.suppress(httpx.ReadError):
                refused = await client.post(f"{local}/{path}", json=update, headers=headers)
                assert refused.status_code == status


async def test_a_webhook_in_the_way_of_polling(own_stage: Stage, free_port: int) -> None:
    own_stage.api.courier.proxy = f"http://127.0.0.1:{free_port}"
    settings = {
        "GALPI_WEBHOOK_URL": "https://bot.example/galpi",
        "GALPI_WEBHOOK_LISTEN": f"127.0.0.1:{free_port}",
    }
    ada = own_stage.telegram.person()
    by_webhook = await own_stage.run(settings)
    await ada.asks("/help")
    assert await by_webhook.stop() == 0
    await own_stage.start()
    assert EN("help.title") in (await ada.asks("/help")).text
