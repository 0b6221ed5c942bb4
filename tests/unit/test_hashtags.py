"""Hashtags as Telegram reads them."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.tags.tagger import find_hashtags, hashtag_key

DUMPS = Path(__file__).parents[2] / "seeds/dumps"

CASES: dict[str, tuple[str, list[str]]] = {
    "in a row": ("#투자 #AI #스타트업", ["투자", "AI", "스타트업"]),
    "at the start, in the middle, at the end of lines": ("#a b #c\n#d", ["a", "c", "d"]),
    "digits with a letter": ("#1위 #B2B #2023년", ["1위", "B2B", "2023년"]),
    "digits alone": ("#1 #2023 #1_000", []),
    "underscores": ("#오늘의_기록 #_ai #___", ["오늘의_기록", "_ai"]),
    "up to punctuation": ("#투자, #AI! (#LLM) #학습:", ["투자", "AI", "LLM", "학습"]),
    "a hyphen ends it": ("#fine-tuning", ["fine"]),
    "behind punctuation": ("좋다.#투자 /#AI ,#LLM", ["투자", "AI", "LLM"]),
    "behind a letter, a digit, an underscore": ("C#을 a#b 1#c _#d 가#라", []),
    "one right behind another": ("#투자#AI", []),
    "two signs": ("##투자 # 투자 ### 참고자료", ["투자"]),
    "a name of a channel behind it": ("#투자@channel", ["투자"]),
    "an emoji behind it and before it": ("🔥#투자🔥", ["투자"]),
    "a keycap is not one": ("#️⃣ #\u20e3", []),
    "a full-width sign is not one": ("＃투자", []),
    "any script": ("#привет #日本語 #العربية", ["привет", "日本語", "العربية"]),
    "letters with marks": ("#हिन्दी #ไทยแลนด์", ["हिन्दी", "ไทยแลนด์"]),
    "a middle dot": ("#l·l", ["l·l"]),
    "a circled or a raised digit ends it": ("#제①장 #m²", ["제", "m"]),
    "in a URL": ("https://blog.lablup.com/posts/#fn-5-7014be", []),
    "in a URL without a scheme": ("udlbook.github.io/udlbook/#contents", []),
    "in a Markdown link": ("[1](https://blog.lablup.com/posts/#fn-1) #AI", ["AI"]),
    "in an address that is no link": ("http://localhost:8000/#top ftp://a/#b", []),
    "behind a URL": ("https://lovo.ai/about #AI", ["AI"]),
    "behind a cut URL": ("twitter.com/SebastienBubec… #AI", ["AI"]),
    "once, as first written": ("#AI #ai #ＡＩ #Ai", ["AI"]),
    "nothing": ("", []),
    "a sign at the end": ("투자 #", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), CASES.values(), ids=CASES)
def test_reads(text: str, names: list[str]) -> None:
    assert list(find_hashtags(text)) == names


def test_no_more_than_telegram_takes() -> None:
    assert find_hashtags("#" + "가" * 300) == ("가" * 256,)
    assert find_hashtags("#" + "1" * 256 + "가") == ()


@pytest.mark.parametrize(
    ("document", "names"),
    [
        (
            "000_2a5e971ce27f687a.txt",
            (
                "권도균 스타트업경영 경영수업 창업의시작 돈보다경영 투자 데모데이 "
                "프라이머 엑셀러레이터 primer accelerator "
                "machinelearning datascience artificialintelligence"
            ),
        ),
        ("001_3911b33c6d472a6e.txt", ""),
        ("002_3bb48cbdbce3cf88.txt", "SAM"),
        ("003_847f780b3b2f7e1e.txt", ""),
        ("004_8b5f236504fbeee6.txt", ""),
    ],
)
def test_reads_the_seed_documents(document: str, names: str) -> None:
    text = (DUMPS / document).read_text("utf-8")
    assert find_hashtags(text) == tuple(names.split())


@pytest.mark.parametrize(
    "names",
    [
        ["AI", "ai", "#AI", " #Ai ", "ＡＩ", "＃ai"],
        ["스타트업", unicodedata.normalize("NFD", "스타트업"), "#스타트업"],
        ["Straße", "STRASSE"],
        ["Café", "Cafe\u0301", "CAFÉ"],
        ["ㅋㅋ", "ﾻﾻ"],
    ],
)
def test_writings_of_one_tag_share_a_key(names: list[str]) -> None:
    assert len({hashtag_key(name) for name in names}) == 1


@pytest.mark.parametrize("pair", [("투자", "투지"), ("a_b", "ab"), ("c", "ç"), ("AI", "A1")])
def test_other_tags_have_other_keys(pair: tuple[str, str]) -> None:
    assert hashtag_key(pair[0]) != hashtag_key(pair[1])


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert hashtag_key(hashtag_key(name)) == hashtag_key(name)


TEXTS = st.text() | st.text("#가aA1_ .#/:https")


@given(TEXTS)
def test_every_tag_stands_in_the_text_and_is_read_again(text: str) -> None:
    names = find_hashtags(text)
    assert all(f"#{name}" in text for name in names)
    assert find_hashtags(" ".join(f"#{name}" for name in names)) == names
