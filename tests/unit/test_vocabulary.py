"""Words of a vocabulary in texts, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Topic, TopicWords
from storage.tags.tagger import LONG_TEXT, MOST_TOPICS, Vocabulary


def entry(name: str, *aliases: str, exceptions: tuple[str, ...] = ()) -> TopicWords:
    return TopicWords(
        topic=Topic(name=name, names={"en": f"the-{name}"}), aliases=aliases, exceptions=exceptions
    )


ENTRIES = (
    entry("투자", "investing", "벤처투자", "VC", "M&A", exceptions=("시간 투자",)),
    entry("스타트업", "startup", "공동 창업자", "founder"),
    entry("AI", "인공지능", "machine learning"),
    entry("반도체", "AI 반도체", "GPU"),
    entry("책"),
)
VOCABULARY = Vocabulary(ENTRIES)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("투자 이야기", ("투자",)),
        ("벤처투자의 봄", ("투자",)),
        ("투자자의 하루", ()),
        ("AI는 어디까지", ("AI",)),
        ("인공지능으로", ("AI",)),
        ("책을 읽는다", ("책",)),
        ("책임을 진다", ()),
        ("투자하는 사람", ("투자",)),
        ("투자했다", ("투자",)),
        ("투자ㅠ", ("투자",)),
        ("시작은투자ㅠㅠ 어떻게", ()),
        ("투자받은 회사", ("투자",)),
        ("he said it again", ()),
        ("Ai, aI and ＡＩ", ("AI",)),
        ("이것은 AI입니다", ("AI",)),
        ("startups and founders", ("스타트업",)),
        ("start-up", ("스타트업",)),
        ("start ups", ("스타트업",)),
        ("공동창업자를 찾습니다", ("스타트업",)),
        ("공동 창업자를 찾습니다", ("스타트업",)),
        ("공동\n창업자", ()),
        ("#machinelearning", ("AI",)),
        ("the class A I took", ()),
        ("M&A 소식", ("투자",)),
        ("ma 소식", ()),
        ("매일 시간 투자를 합니다", ()),
        ("시간을 아껴 투자를 합니다", ("투자",)),
        ("https://example.com/ai/startup", ()),
        ("[AI 논문](https://example.com/x)", ("AI",)),
        ("AI 반도체 GPU", ("반도체",)),
        ("AI와 반도체", ("AI", "반도체")),
        ("투자", ("투자",)),
        ("\u1110\u116e\u110c\u1161", ("투자",)),
        ("", ()),
    ],
)
def test_an_alias_is_found_as_a_word(text: str, topics: tuple[str, ...]) -> None:
    assert VOCABULARY.topics_of(text) == topics


def test_topics_of_the_title_come_first_then_those_most_mentioned() -> None:
    text = "창업자: founder 이야기\n\nAI AI 투자 AI 투자"
    assert VOCABULARY.topics_of(f"스타트업\n\n{text}") == ("스타트업", "AI", "투자")


LONG = "다른 이야기를 길게 합니다.\n" * (2 * LONG_TEXT // 15)


def test_what_a_long_text_says_in_passing_is_not_its_topic() -> None:
    assert VOCABULARY.topics_of(f"제목\n{LONG}AI AI AI 투자\n{LONG}") == ("AI",)


@pytest.mark.parametrize("text", [f"투자의 봄\n{LONG}", f"제목\n{LONG}#투자"])
def test_unless_its_title_or_a_hashtag_says_it(text: str) -> None:
    assert VOCABULARY.topics_of(text) == ("투자",)


@given(st.text("투자하의했AIㅠㅜㅋㅎ #\n", max_size=12))
def test_no_text_is_too_odd(text: str) -> None:
    assert set(VOCABULARY.topics_of(text)) <= {"투자", "AI"}


def test_where_nothing_is_said_often_enough_the_most_frequent_is_taken() -> None:
    assert VOCABULARY.topics_of(f"제목\n{LONG}투자 AI {LONG}투자 {LONG}") == ("투자",)


def test_a_post_has_at_most_six() -> None:
    names = ("하늘", "바다", "나무", "구름", "바람", "노을", "이슬", "안개")
    topics = Vocabulary(map(entry, names)).topics_of(f"이야기\n\n{' '.join(names)} 안개")
    assert topics[0] == "안개"
    assert len(topics) == MOST_TOPICS


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("스타트업", "스타트업"),
        ("startup", "스타트업"),
        ("Start-Up", "스타트업"),
        ("시간 투자", None),
        ("하늘", None),
        ("", None),
    ],
)
def test_a_word_means_a_topic(word: str, topic: str | None) -> None:
    assert VOCABULARY.topic_meant(word) == topic


def test_a_topic_is_called_by_both_its_names() -> None:
    assert VOCABULARY.topic_named("the-투자") == VOCABULARY.topic_named("투자") == "투자"
    assert VOCABULARY.topic_named("investing") is None


def test_an_english_name_is_a_name_and_no_alias() -> None:
    people = Vocabulary([TopicWords(topic=Topic(name="인물", names={"en": "people"}))])
    assert people.topics_of("cheaper than people") == ()
    assert people.topic_named("people") == "인물"


@given(st.text())
def test_no_text_has_a_topic_that_there_is_not(text: str) -> None:
    assert set(VOCABULARY.topics_of(text)) <= {entry.topic.name for entry in ENTRIES}


def test_without_a_vocabulary_there_are_no_topics() -> None:
    assert Vocabulary(()).topics_of("AI 투자") == ()
