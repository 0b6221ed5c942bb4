import pytest

from storage import Archive, NewPost, SearchNotFound, Source
from tests.support.recording import Call, Person


def titles(call: Call) -> list[str]:
    return [row["title"] for row in call.parameters["results"]]


async def test_an_empty_query_gives_the_newest_posts_for_a_short_while(person: Person) -> None:
    (call,) = await person.asks_inline("")
    assert titles(call)[:3] == ["되살린 글", "답장입니다. 동의합니다.", "연재 12화"]
    assert call.parameters["cache_time"] <= 60
    assert call.parameters["button"]["start_parameter"] == "help"


async def test_words_find_posts_and_the_button_opens_the_same_search(person: Person) -> None:
    (call,) = await person.asks_inline("  연재 ")
    assert len(titles(call)) == 12
    assert len({row["id"] for row in call.parameters["results"]}) == 12
    assert call.parameters["next_offset"] == ""
    assert call.parameters["is_personal"] is True
    assert call.parameters["cache_time"] >= 60
    assert "12" in call.parameters["button"]["text"]
    (opened,) = await person.says(f"/start {call.parameters['button']['start_parameter']}")
    assert "“연재”" in opened.text


async def test_offsets_page_through_everything_once(person: Person, archive: Archive) -> None:
    await archive.add(Source(title="More"), [NewPost(text=f"더 {n}번째 글") for n in range(30)])
    seen: list[str] = []
    offset = ""
    for _ in range(9):
        (call,) = await person.asks_inline("", offset)
        assert len(call.parameters["results"]) <= 50
        assert len(call.parameters["next_offset"]) <= 64
        seen += [row["id"] for row in call.parameters["results"]]
        offset = call.parameters["next_offset"]
        if not offset:
            break
    assert len(seen) == len(set(seen)) == 49


async def test_only_the_first_page_has_the_button(person: Person) -> None:
    (call,) = await person.asks_inline("연재", "10")
    assert len(titles(call)) == 2
    assert "button" not in call.parameters


@pytest.mark.parametrize("offset", ["x", "-1", "9" * 40, "٣"])
async def test_an_odd_offset_starts_over(person: Person, offset: str) -> None:
    (call,) = await person.asks_inline("연재", offset)
    assert len(titles(call)) == 12


async def test_an_offset_beyond_the_end_is_the_end(person: Person) -> None:
    (call,) = await person.asks_inline("연재", "500")
    assert titles(call) == []
    assert call.parameters["next_offset"] == ""


async def test_tags_alone_list_their_posts(person: Person, archive: Archive) -> None:
    (call,) = await person.asks_inline("#AI")
    assert titles(call) == ["Distillation of LLMs"]
    (tag,) = await archive.find_tags("AI")
    assert call.parameters["button"]["start_parameter"] == f"tag-{tag.id}"
    (both,) = await person.asks_inline("#투자 #스타트업")
    assert titles(both) == ["투자자의 하루를 따라가 보았습니다"]
    (opened,) = await person.says(f"/start {both.parameters['button']['start_parameter']}")
    assert "<b>#투자 #스타트업</b>" in opened.text


@pytest.mark.parametrize(
    "query", ["qqzzxxqq", "!!!", "#", "#qqqqqq", "#투자 #AI", "post-999", "post-" + "9" * 30]
)
async def test_nothing_found_has_no_rows_and_a_button_that_says_so(
    person: Person, query: str
) -> None:
    (call,) = await person.asks_inline(query)
    assert titles(call) == []
    assert "찾은 글이 없어요" in call.parameters["button"]["text"]
    assert call.parameters["cache_time"] <= 60


async def test_what_is_inserted_is_the_post_with_its_preview(person: Person) -> None:
    (call,) = await person.asks_inline("Distillation")
    content = call.parameters["results"][0]["input_message_content"]
    assert content["message_text"].startswith("Distillation of LLMs\n\nhttps://arxiv.org")
    assert content["parse_mode"] == "HTML"
    assert content["link_preview_options"]["url"] == "https://arxiv.org/abs/2305.02301"


async def test_what_a_user_inserts_in_the_bot_s_own_chat_is_no_question(person: Person) -> None:
    via = {"id": 4242, "is_bot": True, "first_name": "Galpi", "username": "galpi_bot"}
    assert await person.says("Distillation of LLMs", via_bot=via) == []


async def test_typing_writes_nothing_until_the_list_is_opened(
    person: Person, archive: Archive
) -> None:
    (call,) = await person.asks_inline("연재")
    parameter = call.parameters["button"]["start_parameter"]
    id_ = parameter.removeprefix("search-")
    with pytest.raises(SearchNotFound):
        await archive.recall(id_)
    (opened,) = await person.says(f"/start {parameter}")
    assert "연재" in opened.text
    assert (await archive.recall(id_)).query == "연재"
