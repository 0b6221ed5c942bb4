import pytest

from storage import Archive
from tests.support.recording import Person


@pytest.mark.parametrize(
    "said", ["/search 사람을 보는", "사람을   보는", "/search@galpi_bot 사람을 보는"]
)
async def test_words_and_the_command_find_the_same(person: Person, said: str) -> None:
    (call,) = await person.says(said)
    assert "“사람을 보는”" in call.text
    assert "<b>투자자의 하루를 따라가 <u>보았습니다</u></b>" in call.text
    assert "<b>사람을</b>" in call.text
    assert '\n<i>2023년 6월 1일 · <a href="https://t.me/notes/1">원문 ↗</a></i>' in call.text


async def test_pages_turn_in_place_and_know_their_query(person: Person) -> None:
    (first,) = await person.says("연재")
    assert "글 12개를" in first.text
    second, answered = await person.presses(first.data("▶"))
    assert (second.method, answered.method) == ("editMessageText", "answerCallbackQuery")
    third, _ = await person.presses(second.data("▶"))
    assert [len([b for b in page.buttons if b["text"].isdigit()]) for page in (first, third)] == [
        5,
        2,
    ]
    back, _ = await person.presses(second.data("◀"))
    assert back.text == first.text
    assert len({first.text, second.text, third.text}) == 3


async def test_the_number_of_the_page_answers_and_changes_nothing(person: Person) -> None:
    (first,) = await person.says("연재")
    (answered,) = await person.presses(first.data("1/3"))
    assert answered.method == "answerCallbackQuery"
    assert "text" not in answered.parameters


async def test_newest_first_is_a_button_away_and_stays_while_paging(person: Person) -> None:
    (first,) = await person.says("짧은 연재입니다")
    newest, _ = await person.presses(first.data("최신순"))
    assert newest.text.index(">연재</u> 12화") < newest.text.index(">연재</u> 11화")
    second, _ = await person.presses(newest.data("▶"))
    assert ">연재</u> 7화" in second.text
    assert second.data("정확도순")


async def test_a_slip_is_forgiven_and_told(person: Person) -> None:
    (call,) = await person.says("Distilation")
    assert "“Distillation” 검색 결과예요" in call.text
    assert "<b><u>Distillation</u> of LLMs</b>" in call.text


async def test_an_ordinary_word_is_asked_about_with_a_button(person: Person) -> None:
    (call,) = await person.says("투지")
    assert "찾지 못했어요" in call.text
    assert "혹시 이 말을 찾으셨나요?" in call.text
    meant, _ = await person.presses(call.data("투자"))
    assert "🔎 “투자”" in meant.text


async def test_what_is_left_out_is_no_tag_to_go_to(person: Person) -> None:
    (call,) = await person.says("투자")
    assert [one for one in call.buttons if "투자 · " in one["text"]]
    (call,) = await person.says("-투자")
    assert not [one for one in call.buttons if "투자 · " in one["text"]]


@pytest.mark.parametrize("said", ["도움말", "Help!", "사용법"])
async def test_who_asks_for_help_in_words_gets_it(person: Person, said: str) -> None:
    (call,) = await person.says(said)
    assert "/digest" in call.text


async def test_mistaken_operator_is_told_and_the_rest_found(person: Person) -> None:
    (call,) = await person.says("사람을 보는 before:어제")
    assert "대신 2024" in call.text
    assert "“어제”" in call.text
    assert "<b>투자자의 하루를 따라가 <u>보았습니다</u></b>" in call.text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("/search", "찾을 말을 보내 주세요"),
        ("/search !!!", "“!!!”에는 찾을 말이 없어요"),
        ("?!", "찾을 말이 없어요"),
        ("-투자", "개를 찾았어요"),
        ("-투자 -AI", "개를 찾았어요"),
        ("qqzzxxqq", "찾지 못했어요"),
        ("<b>&amp;qqzzxx", "“&lt;b&gt;&amp;amp;qqzzxx”"),
    ],
)
async def test_nothing_to_search_or_to_find_gets_a_helpful_sentence(
    person: Person, said: str, expected: str
) -> None:
    (call,) = await person.says(said)
    assert expected in call.text


async def test_a_phrase_is_not_shown_in_two_pairs_of_quotes(person: Person) -> None:
    (call,) = await person.says('"연재 이야기"')
    assert "“'연재 이야기'”" in call.text


async def test_a_very_long_message_is_searched_by_its_beginning(person: Person) -> None:
    (call,) = await person.says("사람을 보는 " + "연재 " * 1000)
    assert call.method == "sendMessage"


async def test_buttons_of_an_empty_answer_lead_on(person: Person) -> None:
    (call,) = await person.says("qqzzxxqq")
    shown, _ = await person.presses(call.data("아무 글"))
    assert shown.data("다른 글")


async def test_a_page_that_no_longer_exists_is_an_old_button(
    person: Person, archive: Archive
) -> None:
    (first,) = await person.says("연재")
    (answered,) = await person.presses(first.data("▶").replace(".1.", ".9."))
    assert "오래된 버튼" in answered.parameters["text"]
