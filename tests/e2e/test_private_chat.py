"""A private chat with the bot: search, pages, posts, tags, links, languages."""

import asyncio
import re

import pytest

from bot.playground.botapi.keyboards import Action
from bot.playground.botapi.model import Message
from bot.texts import texts_for
from tests.support.client import Person, button
from tests.support.stage import USERNAME, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EN, KO = texts_for("en"), texts_for("ko")
NUMBERS = ["1", "2", "3", "4", "5"]
# Of the posts about 투자, one that others are like.
SIMILAR_TO = "2"
NOT_MODIFIED = "message is not modified"


def labels(message: Message) -> list[str]:
    return [found.text for found in message.buttons]


def page_of(message: Message) -> tuple[int, int]:
    """Return n and N of ◀ n/N ▶."""
    (label,) = [text for text in labels(message) if re.fullmatch(r"\d+/\d+", text)]
    page, pages = label.split("/")
    return int(page), int(pages)


async def test_greeting(ada: Person) -> None:
    greeting = await ada.asks("/start")
    assert EN("start.title") in greeting.text
    for key in ("button.search", "button.tags", "button.links", "button.random"):
        assert button(greeting, EN(key)).action is Action.CALLBACK
    assert button(greeting, EN("button.anywhere")).action is Action.SWITCH_INLINE


async def test_buttons_of_the_greeting(ada: Person) -> None:
    greeting = await ada.asks("/start")
    for key, words in (
        ("button.search", EN("search.how")),
        ("button.tags", "/tag"),
        ("button.links", "youtube.com"),
    ):
        await ada.presses(greeting, EN(key))
        assert words in (await ada.hears()).text
    await ada.presses(greeting, EN("button.random"))
    assert EN("button.another") in labels(await ada.hears())


async def test_help_names_every_command(ada: Person) -> None:
    text = (await ada.asks("/help")).text
    for command in ("search", "tag", "links", "random", "stats", "lang", "help", "start"):
        assert f"/{command} " in text


async def test_menus_in_both_languages(stage: Stage) -> None:
    menus = stage.api.menus.commands
    scopes = {(key.scope, key.language) for key in menus}
    assert {
        (scope, language)
        for scope in ("default", "all_private_chats", "all_group_chats")
        for language in ("", "ko", "en")
    } <= scopes
    for key, commands in menus.items():
        korean = any("가" <= letter <= "힣" for row in commands for letter in row.description)
        assert korean or key.language != "ko"


async def test_bare_text_is_a_search(ada: Person) -> None:
    found = await ada.asks("투자")
    assert "투자" in found.text
    assert labels(found)[:5] == NUMBERS
    bold = [made for made in found.content.entities if made.type in {"bold", "underline"}]
    assert bold


async def test_a_search_with_a_typo(ada: Person) -> None:
    found = await ada.asks("/search 스타트엄")
    assert "1" in labels(found)
    assert "스타트업" in found.text


async def test_substrings_without_spaces(ada: Person) -> None:
    for words in ("투자", "OpenAI"):
        assert "1" in labels(await ada.asks(words))


async def test_nonsense_finds_nothing(ada: Person) -> None:
    answer = await ada.asks("qzxjvwkq")
    assert answer.text.startswith(EN("search.nothing", query="qzxjvwkq"))
    assert "1" not in labels(answer)


@pytest.mark.parametrize("text", ["/search", "/search !!!", "???", "/nonsense", "/links !!!"])
async def test_odd_input_gets_a_sentence(ada: Person, text: str) -> None:
    answer = await ada.asks(text)
    assert answer.text
    assert "1" not in labels(answer)


async def test_markup_in_a_query_is_only_text(ada: Person) -> None:
    query = "<b>startup</b> & </i>"
    assert query in (await ada.asks(query)).text


async def test_pages(ada: Person) -> None:
    first = await ada.asks("투자")
    page, pages = page_of(first)
    assert (page, "◀" in labels(first), "▶" in labels(first)) == (1, False, True)
    second = await ada.turns(first, "▶")
    assert second.id == first.id
    assert (page_of(second), second.text != first.text) == ((2, pages), True)
    back = await ada.turns(second, "◀")
    assert (back.text, back.keyboard) == (first.text, first.keyboard)


async def test_the_last_page(ada: Person) -> None:
    message = await ada.asks("투자")
    page, pages = page_of(message)
    for _ in range(page, pages):
        message = await ada.turns(message, "▶")
    assert page_of(message) == (pages, pages)
    assert "▶" not in labels(message)


async def test_the_page_number_does_nothing(ada: Person) -> None:
    message = await ada.asks("투자")
    answer = await ada.presses(message, "1/")
    assert answer.text == ""
    assert ada.private.messages[message.id] == message


async def test_newest_and_relevance(ada: Person) -> None:
    best = await ada.asks("투자")
    newest = await ada.turns(best, EN("button.by_newest"))
    assert newest.text != best.text
    again = await ada.turns(newest, EN("button.by_relevance"))
    assert again.text == best.text


async def test_a_post_and_back(ada: Person) -> None:
    results = await ada.turns(await ada.asks("투자"), "▶")
    post = await ada.turns(results, "7")
    assert button(post, EN("button.share")).action is Action.SWITCH_INLINE
    listed = await ada.turns(post, EN("button.back"))
    assert (listed.text, page_of(listed)) == (results.text, page_of(results))


async def test_similar_posts(ada: Person) -> None:
    post = await ada.turns(await ada.asks("투자"), SIMILAR_TO)
    similar = await ada.turns(post, EN("button.similar"))
    assert EN("similar.heading") in similar.text
    other = await ada.turns(similar, "1")
    assert other.text != post.text
    again = await ada.turns(other, EN("button.back"))
    assert again.text == similar.text
    assert (await ada.turns(again, EN("button.back_to_post"))).text == post.text


async def test_two_searches_page_each_their_own(ada: Person) -> None:
    first, second = await ada.asks("투자"), await ada.asks("AI")
    turned = await ada.turns(first, "▶")
    assert "투자" in turned.text.splitlines()[0]
    assert "AI" in (await ada.turns(second, "▶")).text.splitlines()[0]


@pytest.mark.parametrize(
    "data", ["", " ", "x", "1r", "0o1", "1rAAAAAAAA.0.r", "1r........1.r", "가" * 21]
)
async def test_malformed_and_foreign_buttons(ada: Person, data: str) -> None:
    message = await ada.asks("투자")
    answer = await ada.presses(message, data=data)
    assert answer.text == EN("button.stale")
    assert ada.private.messages[message.id] == message


async def test_a_double_press(stage: Stage, ada: Person) -> None:
    stage.forgive(NOT_MODIFIED)
    message = await ada.asks("투자")
    following = button(message, "▶").value
    answers = [await ada.presses(message, data=following) for _ in range(2)]
    assert [answer.text for answer in answers] == ["", ""]
    assert page_of(ada.private.messages[message.id])[0] == 2


async def test_two_presses_at_once(stage: Stage, ada: Person) -> None:
    stage.forgive(NOT_MODIFIED)
    message = await ada.asks("투자")
    following = button(message, "▶").value
    presses = (ada.presses(message, data=following) for _ in range(2))
    assert [answer.text for answer in await asyncio.gather(*presses)] == ["", ""]
    assert page_of(ada.private.messages[message.id])[0] == 2


async def test_a_button_of_a_deleted_message(stage: Stage, ada: Person) -> None:
    stage.forgive("message to edit not found")
    message = await ada.asks("투자")
    following = button(message, "▶").value
    del ada.private.messages[message.id]
    answer = await ada.presses(message, data=following)
    assert answer.text == ""
    assert page_of(await ada.hears())[0] == 2


async def test_a_button_of_a_message_too_old_to_see(ada: Person) -> None:
    message = await ada.asks("투자")
    await ada.presses(message, "▶", old=True)
    assert page_of(await ada.hears())[0] == 2


async def test_a_press_that_is_too_old_to_answer(stage: Stage, ada: Person) -> None:
    stage.forgive("query is too old")
    message = await ada.asks("투자")
    stage.api.queries.expire(ada.taps(message, "▶"))
    assert page_of(await ada.sees_edited(message))[0] == 2
    assert EN("help.title") in (await ada.asks("/help")).text


async def test_the_list_of_tags(ada: Person) -> None:
    tags = await ada.asks("/tag")
    counted = re.compile(r"\S+ · \d+")
    chosen = next(label for label in labels(tags) if counted.fullmatch(label))
    name = chosen.split(" ")[0]
    posts = await ada.turns(tags, chosen)
    assert name in posts.text.splitlines()[0]
    assert "1" in labels(posts)


async def test_tags_by_name(ada: Person) -> None:
    tags = await ada.asks("/tag")
    name = labels(tags)[0].split(" ")[0].removeprefix("#")
    for written in (name, f"#{name}", name.upper()):
        assert name in (await ada.asks(f"/tag {written}")).text.splitlines()[0]


async def test_an_unknown_tag(ada: Person) -> None:
    answer = await ada.asks("/tag qzxjvwkq")
    assert "qzxjvwkq" in answer.text
    assert EN("button.tags") in labels(answer)


async def test_several_tags(ada: Person) -> None:
    first, second = (label.split(" ")[0] for label in labels(await ada.asks("/tag"))[:2])
    answer = await ada.asks(f"/tag {first} {second}")
    assert first in answer.text
    assert second in answer.text


async def test_random_posts(ada: Person) -> None:
    *_, post = await ada.reads("/random")
    drawn = {post.text}
    for _ in range(4):
        await ada.presses(post, EN("button.another"))
        drawn.add(ada.private.messages[ada.private.last_message_id].text)
    assert len(drawn) > 1


async def test_a_random_post_of_a_tag(ada: Person) -> None:
    name = labels(await ada.asks("/tag"))[0].split(" ")[0]
    assert name.lower() in (await ada.asks(f"/random {name}")).text.lower()


async def test_hosts_and_links(ada: Person) -> None:
    hosts = await ada.asks("/links")
    label = next(label for label in labels(hosts) if "youtube" in label)
    links = await ada.turns(hosts, label)
    assert any("youtu" in str(made.url) for made in links.content.entities)
    assert labels(links)[:1] == ["1"]
    post = await ada.turns(links, "1")
    assert "youtu" in post.text


async def test_links_by_host_and_by_words(ada: Person) -> None:
    for words in ("youtube.com", "arxiv"):
        assert "1" in labels(await ada.asks(f"/links {words}"))
    assert "qzxjvwkq" in (await ada.asks("/links qzxjvwkq")).text


async def test_stats(ada: Person) -> None:
    text = (await ada.asks("/stats")).text
    assert EN("stats.title") in text
    assert "Continuous Learning_Startup & Investment" in text
    assert EN.plural("stats.posts", 51) in text


async def test_languages(minji: Person, ada: Person) -> None:
    assert KO("start.title") in (await minji.asks("/start")).text
    choice = await minji.asks("/lang")
    chosen = await minji.turns(choice, "English")
    assert chosen.text == EN("language.chosen")
    assert EN("start.title") in (await minji.asks("/start")).text
    assert (await minji.asks("/lang ko")).text == KO("language.chosen")
    assert KO("help.title") in (await minji.asks("/help")).text
    assert EN("help.title") in (await ada.asks("/help")).text


async def test_an_unknown_language_is_english(stage: Stage) -> None:
    jose = stage.telegram.person("José", language="pt-BR")
    assert EN("start.title") in (await jose.asks("/start")).text


async def test_deep_links(ada: Person) -> None:
    *_, post = await ada.reads("/start post-1")
    assert EN("button.similar") in labels(post)
    tag = await ada.asks("/start tag-1")
    assert tag.text.startswith("#")
    assert "1" in labels(tag)


@pytest.mark.parametrize(
    "parameter", ["post-999999", "tag-999999", "search-AAAAAAAA", "post-x", "nowhere", "post-"]
)
async def test_deep_links_to_nowhere(ada: Person, parameter: str) -> None:
    answer = await ada.asks(f"/start {parameter}")
    assert answer.text == EN("start.lost")


async def test_commands_with_the_bots_name(ada: Person) -> None:
    assert EN("help.title") in (await ada.asks(f"/help@{USERNAME}")).text


@pytest.mark.parametrize("name", ["startup", "스타트업", "tmxkxmdjq"])
async def test_a_tag_by_any_word_that_means_it_leads_to_related_ones(
    ada: Person, name: str
) -> None:
    page = await ada.asks(f"/tag {name}")
    assert page.text.startswith("startups\n")
    assert EN("tags.related") in page.text
    narrowed = await ada.turns(page, "+ investing")
    assert narrowed.text.startswith("startups investing\n")


async def test_links_by_kind_and_in_another_order_where_that_differs(ada: Person) -> None:
    start = await ada.asks("/links")
    papers = await ada.turns(start, f"{EN('kind.paper')} ")
    assert papers.text.startswith(f"🔗 {EN('kind.paper')}\n")
    assert EN("button.by_shared") not in labels(papers)
    every = await ada.turns(await ada.asks("/links"), EN("button.all_links"))
    shared = await ada.turns(every, EN("button.by_shared"))
    newest = await ada.turns(shared, EN("button.by_newest"))
    assert newest.text == every.text


async def test_every_page_of_links_can_be_shown(ada: Person) -> None:
    page = await ada.turns(await ada.asks("/links"), EN("button.all_links"))
    pages = 1
    while "▶" in labels(page):
        page = await ada.turns(page, "▶")
        pages += 1
    assert pages > 20


async def test_a_post_leads_to_another_that_shares_its_link(ada: Person) -> None:
    most = await ada.asks("/links sort:shared")
    post = await ada.turns(most, "1")
    other = await ada.turns(post, "🔁")
    assert other.text != post.text
