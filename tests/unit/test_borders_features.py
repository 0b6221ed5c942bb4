"""Each feature alone: where it holds, and where it just does not."""

from __future__ import annotations

import pytest

from seeds.formats.features import ABOVE, BELOW, BETWEEN
from seeds.formats.lines import read_lines
from seeds.formats.weights import fitted

ONE_SIDED = {feature.__name__: feature for feature in (*ABOVE, *BELOW)}
TWO_SIDED = {feature.__name__: feature for feature in BETWEEN}
NAMES = [*ONE_SIDED, *TWO_SIDED]

LINK = "https://youtu.be/a"
LONG = "패널은 지식 증류와 압축, 더 빠른 트랜스포머가 성능 향상에 도움이 된다고 말한다. " * 3
KOREAN = "오늘은 시장에서 사과를 샀다."
ENGLISH = "Today I bought apples at the market."

# The lines above a place and those below it; what matters of them for each feature.
OF_PAGES = {
    "closes_as_known",
    "closes_unlike_known",
    "repeated_above",
    "opens_as_known",
    "opens_unlike_known",
    "repeated_below",
}
"""What they see is no matter of a few lines: test_borders_habits.py."""
MEASURES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "text_so_far": (("글\n글", ""), (f"글\n{KOREAN}", "")),
    "run_above": (("글\n\n글\n글", ""), ("글\n글\n글", "")),
    "length_below": (("", "글"), ("", LONG)),
    "longer_than_page": (("", f"글\n{LONG}"), ("", f"{LONG}\n글")),
    "blanks_on_page": (("글\n글\n\n글", "글"), ("글\n\n글\n\n글", "글")),
    "items_on_page": (("글\n글", "글\n- 하나"), ("- 하나\n글", "글\n- 둘")),
    "links_on_page": (("글\n글", f"글\n{LINK}"), (f"{LINK}\n글", f"글\n{LINK}")),
    "continuing_on_page": (("글\n그래서", "글\n글"), ("글\n그래서", "그리고\n글")),
    "repeating_on_page": (("사과 값이\n배추가", "무가"), ("사과 값이\n사과가", "배추가")),
    "said_before": (("사과 값이\n배추가", "무가 사과"), ("사과 값이\n배추가", "사과")),
    "blocks_alike": (("사과가\n배추가", "무가\n사과가"), ("사과가\n배추가", "배추가\n사과가")),
}
"""How much of something there is: less of it, and more."""
HOLDS: dict[str, list[tuple[str, str]]] = {
    "link_above": [(LINK, ""), (f"글\n{LINK}", "")],
    "link_after_words_above": [(f"Paper: {LINK}", "")],
    "link_opens_above": [(LINK, "")],
    "hashtags_above": [("글\n#투자 #창업", ""), ("글\n오늘의 생각 #투자 #창업", "")],
    "unfinished_above": [("내용:", ""), ("하나,", ""), ("“그리고 그가", ""), ("참고 (하나", "")],
    "title_above": [("실패에 대한 관점", ""), ("끝났다.\n두 번째", ""), ("시장\n\n금리", "")],
    "entry_above": [("가로등 아래\n골목을 지나", "")],
    "item_above": [("- 하나", ""), ("글\n3. 셋", "")],
    "paragraph_above": [("하나\n\n둘", "")],
    "spaced_above": [("하나\n\n둘\n\n셋", ""), ("하나\n둘\n\n셋\n\n넷\n\n다섯", "")],
    "tight_above": [("하나\n둘\n셋", "")],
    "alone_above": [("글", "")],
    "link_below": [("", LINK)],
    "sentence_below": [("", "끝났다.\n글"), ("", "It ended.")],
    "herald_below": [
        ("", "안녕하세요, 여러분"),
        ("", "Hi all"),
        ("", "[채용] 개발자"),
        ("", "(속보)"),
    ],
    "item_below": [("", "- 하나"), ("", "2. 둘")],
    "connective_below": [
        ("", "그래서 샀다."),
        ("", "But it did."),
        ("", "또한 그렇다."),
        ("", "위의 글"),
    ],
    "title_below": [("", "새 소식"), ("", "데이터 분석가 모집\n근무지: 판교")],
    "emoji_below": [("", "📌 하나")],
    "list_below": [("", "할 일\n- 하나"), ("", "할 일\n1. 하나")],
    "label_below": [("", "일시: 내일 오후"), ("", f"Paper: {LINK}")],
    "question_below": [("", "혹시 계신가요?")],
    "paragraph_below": [("", "하나\n\n둘")],
    "tight_below": [("", "하나\n둘\n셋")],
    "belongs_above": [
        ("글", "#투자"),
        ("글", "p.s. 하나 더"),
        ("글", "(참고) 더"),
        ("He", "went on"),
    ],
    "run_in_link_above": [(f"하나\n{LINK}\n둘\n{LINK}", "셋")],
    "language_changes": [(KOREAN, ENGLISH), (f"{ENGLISH}\n{LINK}", KOREAN), (ENGLISH, "1. 하나")],
    "level_changes": [("갔습니다.", "갔다."), ("갔다.\n\n2024", "갔어요.")],
    "list_goes_on_below": [("1. 하나", "설명\n2. 둘"), ("3) 셋\n설명", "설명\n\n4) 넷")],
    "labels_both": [("일시: 내일", "장소: 합정")],
    "verse": [("봄밤에는", "걷는 길")],
    "links_alternate": [(f"하나\n{LINK}", f"둘\n{LINK}")],
    "stems_shared": [("사과 가격이 올랐다", "사과 값은")],
}
FAILS: dict[str, list[tuple[str, str]]] = {
    "link_above": [("글", ""), (f"Paper: {LINK}", "")],
    "link_after_words_above": [(LINK, ""), (f"{LINK} 참고", "")],
    "link_opens_above": [(f"글\n{LINK}", ""), ("글", "")],
    "hashtags_above": [("#투자 #창업", ""), ("글\n오늘의 #투자", ""), ("글", "")],
    "unfinished_above": [("끝났다.", ""), ("“그렇다”", ""), ("(참고)", "")],
    "title_above": [("끝났다.", ""), ("시장\n금리", ""), ("출처: 신문", ""), (f"참고 {LINK}", "")],
    "entry_above": [("끝났다.\n골목을 지나", ""), ("가로등\n\n골목", ""), ("골목을 지나", "")],
    "item_above": [("하나", ""), ("“그렇다.”\n- 밀란 쿤데라", "")],
    "paragraph_above": [("하나\n둘", ""), ("둘", "")],
    "spaced_above": [("하나\n\n둘", ""), ("하나\n\n둘\n\n셋\n넷", "")],
    "tight_above": [("하나\n둘", ""), ("하나\n둘\n\n셋", "")],
    "alone_above": [("글\n\n글", ""), ("글\n글", "")],
    "link_below": [("", f"참고 {LINK}")],
    "sentence_below": [("", "새 소식\n끝났다.")],
    "herald_below": [("", "하이라이트"), ("", "그는 (정말) 갔다"), ("", "hit")],
    "item_below": [("", "1. 하나"), ("", "하나")],
    "connective_below": [
        ("", "사과를 샀다."),
        ("", "Butter is"),
        ("", "So far this year"),
        ("", "단순한 글"),
    ],
    "title_below": [("", "끝났다."), ("", LINK)],
    "emoji_below": [("", "하나 📌")],
    "list_below": [("", "할 일\n2. 둘"), ("", "끝났다.\n- 하나"), ("", "할 일")],
    "label_below": [
        ("", LINK),
        ("", "그렇다."),
        ("", f"질문: {'시드 투자에서 무엇이 나을까요 ' * 4}"),
    ],
    "question_below": [("", "왜? 몰라요.")],
    "paragraph_below": [("", "하나\n둘"), ("", "하나")],
    "tight_below": [("", "하나\n둘\n\n셋"), ("", "하나\n둘")],
    "belongs_above": [("글", "새 소식"), ("글", "(속보)"), ("글", LINK), ("글", "It went on")],
    "run_in_link_above": [
        (f"하나\n{LINK}", "둘"),
        (f"하나\n{LINK}\n\n둘\n{LINK}", "셋"),
        (f"{LINK}\n{LINK}", "셋"),
    ],
    "language_changes": [
        (KOREAN, KOREAN),
        (KOREAN, LINK),
        (KOREAN, '"When I am weak"'),
        (KOREAN, "- Economic: cheaper"),
        (KOREAN, "(Source: Cloud Index) as of"),
        (LINK, ENGLISH),
    ],
    "level_changes": [
        ("갔습니다.", "갔어요."),
        ("갔다.", "Go."),
        ("갔다.\n글\n글\n글\n글", "갔어요."),
    ],
    "list_goes_on_below": [
        ("1. 하나", "1. 하나"),
        ("- 하나", "- 둘"),
        ("1. 하나", "2) 둘"),
        ("하나", "2. 둘"),
    ],
    "labels_both": [("일시: 내일", "합정에서"), ("합정에서", "장소: 합정")],
    "verse": [
        ("봄밤에는 걷는다.", "걷는 길"),
        ("출처: 신문", "걷는 길"),
        ("봄밤에는", "📢 점검 안내"),
    ],
    "links_alternate": [
        (LINK, f"둘\n{LINK}"),
        (f"하나\n\n{LINK}", f"둘\n{LINK}"),
        (f"하나\n{LINK}", "둘\n셋"),
    ],
    "stems_shared": [("사과 가격", "모델 학습"), ("", "모델")],
}


def value(name: str, above: str, below: str) -> float:
    upper, lower = ((text or "글").split("\n") for text in (above, below))
    page = read_lines(upper + lower)
    before, after = page[: len(upper)], page[len(upper) :]
    if name in TWO_SIDED:
        return TWO_SIDED[name](before, after)
    return ONE_SIDED[name](before if ONE_SIDED[name] in ABOVE else after)


def rows(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(name, *sides) for name, examples in table.items() for sides in examples]


@pytest.mark.parametrize(("name", "above", "below"), rows(HOLDS))
def test_it_holds(name: str, above: str, below: str) -> None:
    assert 0.2 <= value(name, above, below) <= 1


@pytest.mark.parametrize(("name", "above", "below"), rows(FAILS))
def test_it_does_not(name: str, above: str, below: str) -> None:
    assert value(name, above, below) == 0


def test_every_feature_has_a_weight_and_examples_of_both() -> None:
    assert list(fitted().weights) == NAMES
    assert HOLDS.keys() == FAILS.keys() == set(NAMES) - OF_PAGES - MEASURES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_weighs_something(name: str) -> None:
    assert max(map(abs, fitted().weights[name])) >= 0.15


@pytest.mark.parametrize("name", MEASURES)
def test_more_is_more(name: str) -> None:
    less, more = MEASURES[name]
    assert 0 <= value(name, *less) < value(name, *more) <= 1


def test_how_much_is_shared_is_a_measure() -> None:
    one = value("stems_shared", "사과 가격 시장 과일", "사과 배추 무우 고추")
    two = value("stems_shared", "사과 가격 시장 과일", "사과 가격 무우 고추")
    assert 0 < one < two <= 1
