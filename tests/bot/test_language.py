from storage import Archive
from tests.support.recording import Person, RecordingRequest, user


async def test_the_language_is_that_of_the_user_s_telegram(
    person: Person, foreigner: Person
) -> None:
    assert "안녕하세요" in (await person.says("/start"))[0].text
    assert "Hi, I'm Galpi" in (await foreigner.says("/start"))[0].text
    person.user = user(77, None)
    assert "Hi, I'm Galpi" in (await person.says("/start"))[0].text


async def test_a_chosen_language_is_remembered_for_the_user_alone(
    person: Person, foreigner: Person, archive: Archive
) -> None:
    (choice,) = await person.says("/lang")
    assert [button["text"] for button in choice.buttons] == ["한국어", "English"]
    chosen, answered = await person.presses(choice.data("English"))
    assert (chosen.method, answered.method) == ("editMessageText", "answerCallbackQuery")
    assert "I'll speak English" in chosen.text
    assert "Hi, I'm Galpi" in (await person.says("/start"))[0].text
    assert await archive.language(7) == "en"
    assert await archive.language(8) is None


async def test_the_language_can_be_named_at_once(foreigner: Person) -> None:
    (call,) = await foreigner.says("/lang KO")
    assert "한국어로 이야기할게요" in call.text
    (odd,) = await foreigner.says("/lang klingon")
    assert "어떤 언어로" in odd.text
    assert len(odd.buttons) == 2


async def test_a_language_we_do_not_speak_is_an_old_button(
    person: Person, archive: Archive
) -> None:
    (answered,) = await person.presses("1cxx")
    assert "오래된 버튼" in answered.parameters["text"]
    assert await archive.language(7) is None


async def test_a_chosen_language_holds_inline(person: Person, request_: RecordingRequest) -> None:
    await person.says("/lang en")
    (call,) = await person.asks_inline("qqqqqq")
    assert "Nothing found" in call.parameters["button"]["text"]
