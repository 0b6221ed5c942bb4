import pytest

from tests.support.recording import Person


async def test_tags_are_listed_and_each_leads_to_its_posts(person: Person) -> None:
    (tags,) = await person.says("/tag")
    assert "태그 4개" in tags.text
    posts, answered = await person.presses(tags.data("#AI"))
    assert (posts.method, answered.method) == ("editMessageText", "answerCallbackQuery")
    assert "Distillation of LLMs" in posts.text
    post, _ = await person.presses(posts.data("1"))
    again, _ = await person.presses(post.data("목록으로"))
    assert again.text == posts.text
    listed, _ = await person.presses(again.data("태그"))
    assert listed.text == tags.text


@pytest.mark.parametrize("name", ["AI", "#AI", "ai", "ＡＩ"])
async def test_a_name_is_found_however_it_is_written(person: Person, name: str) -> None:
    (call,) = await person.says(f"/tag {name}")
    assert "<b>#AI</b>" in call.text


async def test_a_name_that_could_be_several_tags_asks_which(person: Person) -> None:
    (call,) = await person.says("/tag 스타")
    assert "어떤 태그" in call.text
    assert [button["text"] for button in call.buttons] == ["#스타트업 · 1", "#스타트업경영 · 1"]
    posts, _ = await person.presses(call.data("경영"))
    assert "Billion Dollar" in posts.text


async def test_several_names_intersect(person: Person) -> None:
    (both,) = await person.says("/tag 투자, #스타트업")
    assert "<b>#투자 #스타트업</b>" in both.text
    assert "투자자의 하루를 따라가 보았습니다" in both.text
    (none,) = await person.says("/tag 투자 AI")
    assert "모두 달린 글은 없어요" in none.text


async def test_an_unknown_name_leads_to_the_list(person: Person) -> None:
    (call,) = await person.says("/tag AI qqqqqq")
    assert "“qqqqqq”" in call.text
    listed, _ = await person.presses(call.data("태그"))
    assert "태그 4개" in listed.text


@pytest.mark.parametrize("said", ["/tag #", "/tag , ,"])
async def test_a_name_of_nothing_is_the_list(person: Person, said: str) -> None:
    (call,) = await person.says(said)
    assert "태그 4개" in call.text


async def test_hosts_are_listed_and_each_leads_to_its_links(person: Person) -> None:
    (hosts,) = await person.says("/links")
    assert "arxiv.org · 1" in [button["text"] for button in hosts.buttons]
    links, _ = await person.presses(hosts.data("arxiv.org"))
    assert '<a href="https://arxiv.org/abs/2305.02301">Distillation of LLMs</a>' in links.text
    post, _ = await person.presses(links.data("1"))
    assert post.text.startswith("Distillation of LLMs\n\nhttps://arxiv.org")
    assert post.parameters["link_preview_options"]["url"] == "https://arxiv.org/abs/2305.02301"
    again, _ = await person.presses(post.data("목록으로"))
    assert again.text == links.text
    assert again.parameters["link_preview_options"] == {"is_disabled": True}


async def test_links_are_found_by_host_and_by_words(person: Person) -> None:
    for query in ("github.com", "distillation"):
        (call,) = await person.says(f"/links {query}")
        assert "github.com/a/b" in call.text


@pytest.mark.parametrize("query", ["qqqqqq", "!!!", "<qqqqqq>"])
async def test_no_links_for_a_query_says_so(person: Person, query: str) -> None:
    (call,) = await person.says(f"/links {query}")
    assert call.method == "sendMessage"
    assert "<a " not in call.text


async def test_stats_show_the_channel_s_own_figures(person: Person) -> None:
    (call,) = await person.says("/stats")
    assert "글 19개" in call.text
    assert "<b>Notes &amp; &lt;Ideas&gt;</b>\n@notes" in call.text
    assert "구독자 2,400명 · 사진 513장 · 동영상 1개" in call.text
