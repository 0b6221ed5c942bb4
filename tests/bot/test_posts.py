import pytest

from storage import Archive, Media, MediaKind, NewPost, Source
from tests.support.recording import Person, RecordingRequest


async def test_a_number_opens_its_post_in_place_and_back_returns(person: Person) -> None:
    (results,) = await person.says("연재")
    second, _ = await person.presses(results.data("▶"))
    post, _ = await person.presses(second.data("7"))
    assert post.method == "editMessageText"
    assert post.text.startswith("연재 6화\n\n아침마다")
    again, _ = await person.presses(post.data("목록으로"))
    assert (again.method, again.text) == ("editMessageText", second.text)


async def test_a_long_post_comes_in_new_messages_and_back_leaves_them(person: Person) -> None:
    (results,) = await person.says("문단입니다")
    first, second, last, answered = await person.presses(results.data("1"))
    assert {call.method for call in (first, second, last)} == {"sendMessage"}
    assert answered.method == "answerCallbackQuery"
    assert not first.buttons
    assert not second.buttons
    again, _ = await person.presses(last.data("목록으로"))
    assert (again.method, again.text) == ("sendMessage", results.text)


async def test_similar_posts_and_the_whole_way_back(person: Person) -> None:
    (results,) = await person.says("연재")
    post, _ = await person.presses(results.data("1"))
    similar, _ = await person.presses(post.data("비슷한"))
    back, _ = await person.presses(similar.data("글로 돌아가기"))
    assert back.text == post.text
    again, _ = await person.presses(back.data("목록으로"))
    assert again.text == results.text


async def test_a_shared_post_is_offered_inline(person: Person) -> None:
    (post,) = await person.says("/start post-2")
    share = next(button for button in post.buttons if "switch_inline_query" in button)
    (answer,) = await person.asks_inline(share["switch_inline_query"])
    (row,) = answer.parameters["results"]
    assert row["title"] == "Distillation of LLMs"


async def test_an_answer_leads_to_the_post_it_answers(person: Person, archive: Archive) -> None:
    found = await archive.search("답장입니다")
    (post,) = await person.says(f"/start post-{found.items[0].post.id}")
    assert "<blockquote>원글: 투자자의 하루를 따라가 보았습니다 스타트업…<" in post.text
    answered, _ = await person.presses(post.data("원글"))
    assert "사람을 보는 일" in answered.text


async def test_a_repaired_and_a_forwarded_post_say_so(person: Person) -> None:
    (results,) = await person.says("깨졌던")
    repaired, _ = await person.presses(results.data("1"))
    assert "되살린 글이에요" in repaired.text
    (forwarded,) = await person.says("/start post-3")
    assert forwarded.text.startswith("<i>전달: Some Channel</i>\n\n전달된 생각")
    assert "&lt;b&gt;not bold" in forwarded.text


async def test_random_shows_a_whole_post_and_another_in_its_place(person: Person) -> None:
    (call,) = await person.says("/random #AI")
    assert "Distillation of LLMs" in call.text
    for _ in range(5):
        *shown, answered = await person.presses(call.data("다른 글"))
        assert answered.method == "answerCallbackQuery"
        assert "Distillation of LLMs" in shown[-1].text


async def test_the_only_random_post_offers_no_other(person: Person, archive: Archive) -> None:
    await archive.add(Source(title="Alone"), [NewPost(text="The only one #narwhal")])
    (call,) = await person.says("/random #narwhal")
    again, _ = await person.presses(call.data("다른 글"))
    assert "The only one" in again.text
    assert not [button for button in again.buttons if "다른 글" in button["text"]]


async def test_random_draws_differently(person: Person) -> None:
    texts = {(await person.says("/random"))[0].text for _ in range(12)}
    assert len(texts) > 4


async def test_random_of_an_unknown_tag_says_so(person: Person) -> None:
    (call,) = await person.says("/random #qqqqqq")
    assert "“qqqqqq”" in call.text
    assert call.data("태그")


async def photo(archive: Archive, text: str, *, username: str | None = "pictures") -> int:
    """Add a post with a picture; returns its id."""
    source = Source(title="Pictures", channel_id=77, username=username)
    post = NewPost(text=text, message_id=5, media=Media(kind=MediaKind.PHOTO))
    await archive.add(source, [post])
    return (await archive.find_post(5, channel_id=77)).id


async def test_a_post_with_a_picture_is_copied_with_it(person: Person, archive: Archive) -> None:
    post_id = await photo(archive, "노을입니다")
    (copied,) = await person.says(f"/start post-{post_id}")
    assert copied.method == "copyMessage"
    assert copied.parameters["from_chat_id"] == "@pictures"
    assert copied.parameters["message_id"] == 5
    assert copied.text.startswith("노을입니다\n\n🖼 사진")
    similar, _ = await person.presses(copied.data("비슷한"))
    assert similar.method == "sendMessage"


async def test_a_private_channel_s_picture_is_copied_by_its_id(
    person: Person, archive: Archive
) -> None:
    post_id = await photo(archive, "노을입니다", username=None)
    (copied,) = await person.says(f"/start post-{post_id}")
    assert copied.parameters["from_chat_id"] == -1_000_000_000_077


async def test_a_long_post_s_picture_comes_before_it(person: Person, archive: Archive) -> None:
    post_id = await photo(archive, "노을\n\n" + "아주 길다 " * 300)
    copied, text = await person.says(f"/start post-{post_id}")
    assert (copied.method, copied.text) == ("copyMessage", "<b>노을</b>")
    assert text.method == "sendMessage"
    assert text.data("비슷한")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(400, "Bad Request: message to copy not found"), (403, "Forbidden: bot is not a member")],
)
async def test_a_picture_out_of_reach_leaves_the_text(
    person: Person, archive: Archive, request_: RecordingRequest, status: int, reason: str
) -> None:
    post_id = await photo(archive, "노을입니다")
    request_.refuse("copyMessage", status, reason)
    refused, sent = await person.says(f"/start post-{post_id}")
    assert (refused.method, sent.method) == ("copyMessage", "sendMessage")
    assert sent.text.startswith("노을입니다")


@pytest.mark.parametrize(
    "said",
    [
        "https://t.me/pictures/5",
        "t.me/s/pictures/5?single",
        "/search https://t.me/pictures/5",
        "https://t.me/c/1500000009/5",
    ],
)
async def test_a_pasted_link_to_a_post_opens_it(
    person: Person, archive: Archive, said: str
) -> None:
    source = Source(title="Pictures", username="pictures", channel_id=1_500_000_009)
    post = NewPost(text="A heading\n\nand all that follows it", message_id=5)
    await archive.add(source, [post])
    (opened,) = await person.says(said)
    assert opened.text.startswith(post.text)
    opened.data("비슷한 글")


async def test_a_pasted_link_to_a_post_that_is_not_here_is_searched_for(person: Person) -> None:
    (found,) = await person.says("https://t.me/pictures/404")
    assert "https://t.me/pictures/404" in found.text
