"""Tags that Galpi gives, and links to browse by them."""

import pytest

from storage import Archive, NewPost, Source, Topic, TopicWords
from tests.support.recording import Person

VOCABULARY = (
    TopicWords(topic=Topic(name="투자", names={"en": "investing"}), aliases=("투자자", "VC")),
    TopicWords(topic=Topic(name="스타트업", names={"en": "startups"}), aliases=("startup",)),
    TopicWords(
        topic=Topic(name="LLM", names={"en": "LLM"}), aliases=("LLMs", "large language model")
    ),
)
CHANNEL = Source(title="Another channel")
AGAIN = "A startup reads it again\n\n[The distillation paper](https://arxiv.org/abs/2305.02301v2)"


@pytest.fixture(autouse=True)
async def _with_topics(archive: Archive) -> None:
    await archive.use_vocabulary(VOCABULARY)
    await archive.add(CHANNEL, [NewPost(text=AGAIN, ordinal=2_000_000_000)])


async def test_the_list_has_the_useful_tags_first_in_the_reader_s_language(
    person: Person, foreigner: Person
) -> None:
    (tags,) = await person.says("/tag")
    labels = [button["text"] for button in tags.buttons]
    assert labels.index("스타트업 · 2") < labels.index("#투자 · 1")
    assert "나머지는 갈피가" in tags.text
    (tags,) = await foreigner.says("/tag")
    assert tags.data("startups · 2")


@pytest.mark.parametrize("asked", ["startup", "start-up", "스타트업", "startups", "ㄴㅅㅁㄱ셔ㅔ"])
async def test_a_tag_is_found_by_any_word_that_means_it(person: Person, asked: str) -> None:
    (call,) = await person.says(f"/tag {asked}")
    assert "<b>스타트업</b>" in call.text
    assert "A startup reads it again" in call.text


async def test_a_name_of_several_words_is_one_name(person: Person) -> None:
    (call,) = await person.says("/tag large language model")
    assert "<b>LLM</b>" in call.text


async def test_a_tag_s_page_is_narrowed_by_related_ones(person: Person) -> None:
    (call,) = await person.says("/tag 투자")
    narrowed, _ = await person.presses(call.data("+ #스타트업 · 1"))
    assert "<b>투자 #스타트업</b>\n글 1개" in narrowed.text


async def test_a_random_post_has_all_the_tags(person: Person) -> None:
    for _ in range(3):
        (call,) = await person.says("/random 투자 #스타트업")
        assert "투자자의 하루" in call.text
    (nothing,) = await person.says("/random #투자 #스타트업경영")
    assert "투자 #스타트업경영 태그가 모두 달린 글은 없어요." in nothing.text


async def test_a_tag_has_a_link_that_starts_the_bot(person: Person, archive: Archive) -> None:
    (tag,) = await archive.find_tags("스타트업")
    (call,) = await person.says(f"/start tag-{tag.id}")
    assert "<b>스타트업</b>" in call.text


async def test_a_whole_post_shows_both_kinds_apart(person: Person, foreigner: Person) -> None:
    (found,) = await person.says("/tag VC")
    post, _ = await person.presses(found.data("1"))
    assert "#투자 #스타트업\n\n🏷 투자 · 스타트업" in post.text
    (again,) = await foreigner.says("/tag startup")
    post, _ = await foreigner.presses(again.data("1"))
    assert "🏷 startups" in post.text


async def test_a_post_leads_to_another_that_shares_its_link(person: Person) -> None:
    (found,) = await person.says("/tag startup")
    post, _ = await person.presses(found.data("1"))
    assert "🔁 같은 링크가 있는 글: “Distillation of LLMs”" in post.text
    other, _ = await person.presses(post.data("Distillation"))
    assert other.text.startswith("Distillation of LLMs")
    back, _ = await person.presses(other.data("목록으로"))
    assert back.text == found.text


async def test_random_takes_galpi_s_tags_too(person: Person) -> None:
    (call,) = await person.says("/random startup")
    assert "🏷" in call.text


async def test_links_are_browsed_by_kind_and_host_with_counts(person: Person) -> None:
    (start,) = await person.says("/links")
    assert start.text.startswith("<b>링크 3개 · 사이트 3곳</b>\n")
    papers, _ = await person.presses(start.data("논문 1"))
    assert papers.text.startswith("<b>🔗 논문</b>\n링크 1개")
    assert ">The distillation paper</a>" in papers.text
    assert "다른 글 1개에도 있어요" in papers.text
    everything, _ = await person.presses(start.data("모두"))
    assert everything.text.startswith("<b>🔗 모든 링크</b>\n링크 3개")
    home, _ = await person.presses(everything.data("🔗 링크"))
    assert home.text == start.text


@pytest.mark.parametrize(
    ("asked", "heading", "url"),
    [
        ("논문", "논문", "https://arxiv.org/abs/2305.02301v2"),
        ("github.com", "github.com", "https://github.com/a/b"),
        ("#startup", "#startup", "https://arxiv.org/abs/2305.02301v2"),
        ("논문 distilation", "논문 · distilation", "https://arxiv.org/abs/2305.02301v2"),
        ("kind:code llm", "코드 · llm", "https://github.com/a/b"),
    ],
)
async def test_links_are_filtered_by_what_is_typed(
    person: Person, asked: str, heading: str, url: str
) -> None:
    (call,) = await person.says(f"/links {asked}")
    assert call.text.startswith(f"<b>🔗 {heading}</b>\n링크 1개")
    assert f'<a href="{url}">' in call.text


async def test_links_can_be_sorted_by_how_often_they_were_shared(person: Person) -> None:
    (start,) = await person.says("/links")
    newest, _ = await person.presses(start.data("모두"))
    shared, _ = await person.presses(newest.data("많이 공유된"))
    assert '1. <a href="https://arxiv.org' in shared.text
    again, _ = await person.presses(shared.data("최신순"))
    assert again.text == newest.text


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("links paper", ["The distillation paper"]),
        ("링크 논문", ["The distillation paper"]),
        ("links github", ["Distillation of LLMs"]),
    ],
)
async def test_inline_links_insert_the_page_with_a_way_to_its_post(
    person: Person, asked: str, titles: list[str]
) -> None:
    (call,) = await person.asks_inline(asked)
    rows = call.parameters["results"]
    assert [row["title"] for row in rows] == titles
    assert f">{titles[0]}</a>" in rows[0]["input_message_content"]["message_text"]
    assert "start=post-" in rows[0]["reply_markup"]["inline_keyboard"][0][0]["url"]
    assert call.parameters["button"]["text"] == "찾은 링크 1개 모두 보기"
    led = call.parameters["button"]["start_parameter"]
    (page,) = await person.says(f"/start {led}")
    assert titles[0] in page.text


async def test_inline_links_without_words_are_the_newest(person: Person) -> None:
    (call,) = await person.asks_inline("links")
    assert len(call.parameters["results"]) == 3
    (none,) = await person.asks_inline("links qqqqqq")
    assert none.parameters["results"] == []
