"""Inline mode: `@bot words` in any chat."""

import pytest

from bot.playground.botapi.keyboards import Action
from bot.texts import texts_for
from tests.support.client import InlineSession, Person
from tests.support.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN = texts_for("en")
POSTS = 51


async def all_pages(session: InlineSession) -> list[InlineSession]:
    pages = [session]
    while pages[-1].answer.next_offset:
        pages.append(await pages[-1].more())
    return pages


async def test_words(ada: Person) -> None:
    session = await ada.types("스타트업")
    assert session.answer.results
    assert all(result.title and result.description for result in session.answer.results)
    assert session.answer.button is not None


async def test_an_empty_query_gives_every_post_in_turn(ada: Person) -> None:
    pages = await all_pages(await ada.types(""))
    ids = [result.id for page in pages for result in page.answer.results]
    assert len(pages) > 1
    assert len(ids) == len(set(ids)) == POSTS


async def test_pages_of_a_search_repeat_nothing(ada: Person) -> None:
    pages = await all_pages(await ada.types("투자"))
    ids = [result.id for page in pages for result in page.answer.results]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("offset", ["x", "-1", "１"])
async def test_an_offset_that_is_none_begins_anew(ada: Person, offset: str) -> None:
    assert (await ada.types("투자", offset=offset)).titles == (await ada.types("투자")).titles


async def test_an_offset_behind_the_end(ada: Person) -> None:
    answer = (await ada.types("투자", offset="999999")).answer
    assert (answer.results, answer.next_offset) == ((), "")


async def test_a_typo(ada: Person) -> None:
    assert (await ada.types("스타트엄")).answer.results


async def test_tags(ada: Person) -> None:
    tag = "#primer"
    session = await ada.types(tag)
    assert session.answer.results
    assert all(tag.lower() in result.content.text.lower() for result in session.answer.results)


@pytest.mark.parametrize("words", ["qzxjvwkq", "#qzxjvwkq", "!!!", "#", "post-999999"])
async def test_nothing_to_tap_where_nothing_was_found(ada: Person, words: str) -> None:
    session = await ada.types(words)
    assert session.answer.results == ()
    assert session.answer.button is not None


async def test_a_shared_post(ada: Person) -> None:
    *_, post = await ada.reads("/start post-1")
    share = next(found for found in post.buttons if found.text == EN("button.share"))
    (result,) = (await ada.types(share.value)).answer.results
    assert result.id == "1"


async def test_cache_times(ada: Person) -> None:
    recent, found = await ada.types(""), await ada.types("투자")
    assert 0 < recent.answer.cache_time <= found.answer.cache_time
    assert found.answer.is_personal


async def test_a_chosen_result_is_the_post(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Friends", ada)
    session = await ada.types("투자", group)
    result = session.answer.results[0]
    message = ada.chooses(session, result)
    assert result.title.removesuffix("…") in message.text
    assert all(found.action is Action.URL for found in message.buttons)
    # the bot sees what was sent by way of it, and keeps silent
    assert EN("help.title") in (await ada.asks("/help", group)).text
    assert group.last_message_id == message.id + 2


async def test_a_result_chosen_in_the_chat_with_the_bot(ada: Person) -> None:
    session = await ada.types("투자")
    message = ada.chooses(session, session.answer.results[0])
    assert EN("help.title") in (await ada.asks("/help")).text
    assert ada.private.last_message_id == message.id + 2


async def test_open_in_chat(ada: Person) -> None:
    session = await ada.types("투자")
    assert session.answer.button is not None
    found = await ada.asks(f"/start {session.answer.button.start_parameter}")
    assert "투자" in found.text.splitlines()[0]
    assert "▶" in [pressed.text for pressed in found.buttons]


async def test_the_talk_button(ada: Person) -> None:
    session = await ada.types("")
    assert session.answer.button is not None
    answer = await ada.asks(f"/start {session.answer.button.start_parameter}")
    assert EN("help.title") in answer.text


async def test_the_button_of_an_inserted_post_opens_it(stage: Stage, ada: Person) -> None:
    group = stage.telegram.group("Friends", ada)
    session = await ada.types("투자", group)
    message = ada.chooses(session, session.answer.results[0])
    url = next(found.value for found in message.buttons if "start=" in found.value)
    post = await ada.asks(f"/start {url.partition('start=')[2]}")
    assert session.answer.results[0].title.removesuffix("…") in post.text


async def test_a_query_that_grew_too_old(stage: Stage, ada: Person) -> None:
    stage.forgive("query is too old")
    start = len(stage.api.timeline.events)
    stage.api.queries.expire(ada.begins_to_type("투자").id)
    await stage.telegram.refused("answerInlineQuery", since=start)
    assert (await ada.types("투자")).answer.results


async def test_links_by_words(ada: Person) -> None:
    pages = await all_pages(await ada.types("links papers"))
    rows = [row for page in pages for row in page.answer.results]
    assert len({row.id for row in rows}) == len(rows) > 20
    assert all(row.title and "paper" in row.description for row in rows)
    assert (await ada.types("links qqqqqq")).answer.results == ()
