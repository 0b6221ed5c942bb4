"""Groups: the bot speaks when spoken to, in the thread it was asked in."""

import pytest

from bot.texts import texts_for
from tests.support.client import Person
from tests.support.stage import USERNAME, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN, KO = texts_for("en"), texts_for("ko")


@pytest.mark.parametrize("command", ["/search 투자", f"/search@{USERNAME} 투자"])
async def test_its_own_commands(stage: Stage, ada: Person, command: str) -> None:
    group = stage.telegram.group("Team", ada)
    asked = ada.sends(command, group)
    answer = await ada.hears(group)
    assert "투자" in answer.text
    assert answer.reply_to == asked


@pytest.mark.parametrize(
    "text", ["투자", "/search@other_bot 투자", "@galpi_test_bot 투자", "/nonsense"]
)
async def test_nothing_else(stage: Stage, ada: Person, text: str) -> None:
    group = stage.telegram.group("Team", ada, privacy=False)
    ada.sends(text, group)
    answer = await ada.asks("/help", group)
    assert EN("help.title") in answer.text
    assert len(group.messages) == 3


@pytest.mark.parametrize("is_member", [True, False])
async def test_a_guest_is_called_by_its_name(stage: Stage, ada: Person, *, is_member: bool) -> None:
    group = stage.telegram.group("Team", ada)
    group.bot_is_member = is_member
    asked = ada.sends(f"Who knows? @{USERNAME} 투자", group)
    answer = await ada.hears(group)
    assert "“Who knows? 투자”" in answer.text
    assert (answer.reply_to, answer.guest_of) == (asked, ada.user)
    (opener,) = [one for one in answer.buttons if "start=search-" in one.value]
    results = await ada.asks(f"/start {opener.value.partition('start=')[2]}")
    assert "“Who knows? 투자”" in results.text


async def test_a_reply_to_the_bot_is_no_search(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Team", ada)
    answer = await ada.asks("/search 투자", group)
    ada.sends("고마워", group, reply_to=answer)
    await ada.asks("/help", group)
    assert len(group.messages) == 5


async def test_topics(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Forum", ada, forum=True)
    topic = stage.api.chats.add_topic(group, "Papers")
    answer = await ada.asks("/search 투자", group, thread_id=topic)
    assert answer.thread_id == topic
    post = await ada.turns(answer, "1")
    assert post.thread_id == topic
    general = await ada.asks("/search 투자", group)
    assert general.thread_id is None


async def test_new_messages_of_buttons_stay_in_the_topic(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Forum", ada, forum=True)
    topic = stage.api.chats.add_topic(group, "Papers")
    help_text = await ada.asks("/help", group, thread_id=topic)
    await ada.presses(help_text, EN("button.tags"))
    assert (await ada.hears(group)).thread_id == topic


async def test_a_thread_of_replies(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Team", ada)
    first = ada.sends("/help", group)
    await ada.hears(group)
    answer = await ada.asks("/search 투자", group, reply_to=first)
    assert "투자" in answer.text


async def test_anyone_may_press(stage: Stage, ada: Person, minji: Person) -> None:
    group = stage.telegram.group("Team", ada, minji)
    answer = await ada.asks("/search 투자", group)
    turned = await minji.turns(answer, "▶")
    assert turned.text != answer.text


async def test_everyone_in_their_language(stage: Stage, ada: Person, minji: Person) -> None:
    group = stage.telegram.group("Team", ada, minji)
    assert EN("help.title") in (await ada.asks("/help", group)).text
    assert KO("help.title") in (await minji.asks("/help", group)).text
