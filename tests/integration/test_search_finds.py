"""What people type, and which of a few real-looking posts must answer."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.errors import InvalidQuery
from storage.models import Hit, Order
from tests.support.archives_search import add, find, searchable

MANY = 200

POSTS = {
    "venture": "국내 벤처투자의 흐름\n\n올해 벤처투자의 규모가 줄었다. 펀드 결성도.",
    "invest": "투자를 받기 전에 알아야 할 것들\n\n지분 희석과 이사회 구성에 대하여.",
    "openai": "GPT-4 발표\n\nOpenAI는 새로운 모델을 공개했다. Kubernetes라고 쓰자.",
    "startup": "스타트업이 망하는 이유\n\n고객을 안 만난 스타트업은 못 간다.",
    "founder": "#스타트업경영 공동 창업자와 창업 초기에 지분을 나누는 법",
    "english": "As startups look to provide value, he said the main idea is to maintain trust.",
    "code": "Llama 2: https://github.com/facebookresearch/llama 논문은 arxiv.org/abs/2307.09288",
    "learning": "딥러닝 이해하기\n\n인공지능 전문가가 쓴 책. scaling law 소개.",
    "law": "The law of scaling, and why a scaling plan needs no law degree.",
    "ai": "AI 반도체\n\nAI 반도체를 설계합니다. AI 만세",
    "message": "이 메세지가 수업의 핵심입니다.",
    "go": "해야 할 일을 하는 사람, 무조건 하는 사람",
}  # fmt: skip
NAMES = list(POSTS)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("search") / "galpi.db"
    with searchable(path, POSTS.values()) as connection:
        yield connection


def search(archive: sqlite3.Connection, query: str, limit: int = 20) -> dict[str, Hit]:
    """Return the hits, best first, by the names of their posts."""
    found = find(archive, query, limit=limit, offset=0)
    assert found.total == len(found.items)
    return {NAMES[match.post.id - 1]: match for match in found.items}


def marked(match: Hit) -> list[str]:
    return [match.snippet.text[span.start : span.end] for span in match.snippet.spans]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        # whole words, parts of compounds, particles on either side
        ("투자", ["invest", "venture"]),
        ("벤처", ["venture"]),
        ("OpenAI", ["openai"]),
        ("OpenAI는", ["openai"]),
        ("스타트업을", ["startup", "founder"]),
        ("창업", ["founder"]),
        # another form, and the same word in the other script
        ("startup", ["english", "startup"]),
        ("쿠버네티스", ["openai"]),
        ("스케일링", ["learning", "law"]),
        ("2307.09288", ["code"]),
        ("github facebookresearch", ["code"]),
        # short foreign words stand alone, though "said", "main" and "maintain" hold them
        ("AI", ["ai"]),
        ("ain", []),
        # slips
        ("스타트없", ["startup", "founder"]),
        ("stratup", ["english"]),
        ("kubernets", ["openai"]),
        ("메시지", ["message"]),
        ("qpscj", ["venture"]),
        ("facebookreserach", ["code"]),
        # the other keyboard layout
        ("xnwk", ["invest", "venture"]),
        ("햣ㅗㅕㅠ", ["code"]),
        ("tmxkxmdjq", ["startup", "founder"]),
        # initials, half-typed words
        ("ㅅㅌㅌㅇ", ["startup", "founder"]),
        ("ㅇㄱㅈㄴ", ["learning"]),
        ("스타틍", ["startup", "founder"]),
        ("kuber", ["openai"]),
        ("kubrnet", ["openai"]),
        # other spacing
        ("딥 러닝", ["learning"]),
        ("인공지능전문가", ["learning"]),
        ("이사회구성에대하여", ["invest"]),
        ("git hub", ["code"]),
        ("llama2", ["code"]),
        ("딥 런닝", ["learning"]),
        ("스타트 업은", ["startup", "founder"]),
        # several words, phrases, exclusions
        ("지분 이사회", ["invest", "founder"]),
        ("scaling law", ["learning", "law"]),
        ('"scaling law"', ["learning"]),
        ('"OpenAI 새로운"', ["openai"]),
        ('"공동 창업자"', ["founder"]),
        ('"공동 창업"', []),
        ("투자 -벤처투자", ["invest"]),
        ("scaling -degree", ["learning"]),
        ('scaling -"scaling law"', ["law"]),
        ("GPT -펭귄사육", ["openai"]),
        ('"펭귄 사육"', []),
        # a word too many, and as many too many as there are others
        ("지분 펭귄사육", ["invest", "founder"]),
        ("지분 펭귄사육 희석과 남극탐험", ["invest", "founder"]),
        ("지분 펭귄사육 남극탐험", ["invest", "founder"]),
        # a tag that the archive does not have
        ("#스타트업경영", ["founder"]),
        # nonsense, and what is a sign elsewhere
        ("ㅁㄴㅇㄹㅁㄴㅇㄹ", []),
        ("qwrtzxcv", []),
        ("asdfghjkl", []),
        ("qwrtzxcv asdfghjkl", []),
        ("ㅋㅋㅋ", []),
        ("ㅌ", []),
        ('" OR * NEAR(', []),
        ('AI" OR "투자', []),
        ("post_terms:AI*", ["ai"]),
        ("'; DROP TABLE posts; --", []),
    ],
)
def test_query_finds_exactly(archive: sqlite3.Connection, query: str, names: list[str]) -> None:
    assert sorted(search(archive, query)) == sorted(names)


@pytest.mark.parametrize(
    ("query", "best", "rule", "shown"),
    [
        ("투자", "invest", "particle", ["투자"]),
        ("투자를", "invest", "exact", ["투자를"]),
        ("스타트업을", "startup", "particle", ["스타트업", "스타트업"]),
        ("벤처", "venture", "prefix", ["벤처", "벤처"]),
        ("xnwk", "invest", "layout", ["투자"]),
        ("햣ㅗㅕㅠ", "code", "layout", ["github"]),
        ("스타트없", "startup", "typo", ["스타트업", "스타트업"]),
        ("kubernets", "openai", "typo", ["Kubernetes"]),
        ("ㅅㅌㅌㅇ", "founder", "choseong", ["스타트업"]),
        ("스타틍", "startup", "typing", ["스타트업", "스타트업"]),
        ("쿠버네티스", "openai", "sound", ["Kubernetes"]),
        ("kubrnet", "openai", "typing", ["Kubernet"]),
        ("딥 러닝", "learning", "joined", ["딥러닝"]),
        ("인공지능전문가", "learning", "split", ["인공지능", "전문가가"]),
        ("scaling law", "learning", "phrase", ["scaling", "law"]),
        ("지분 펭귄사육", "founder", "fewer", ["지분"]),
        ("AI", "ai", "title", ["AI", "AI", "AI"]),
    ],
)
def test_best_hit_says_why_and_shows_what(
    archive: sqlite3.Connection, query: str, best: str, rule: str, shown: list[str]
) -> None:
    found = search(archive, query)
    assert best in found
    assert rule in found[best].why
    assert marked(found[best]) == shown


def test_part_of_a_compound_is_marked_in_it(archive: sqlite3.Connection) -> None:
    match = search(archive, "투자")["venture"]
    assert "inside" in match.why
    assert marked(match) == ["투자", "투자"]


def test_exact_scores_more_than_fuzzy(archive: sqlite3.Connection) -> None:
    scores = [
        max(match.score for match in search(archive, query).values())
        for query in ("투자를", "벤처", "스타트없", "qpsch tkeks")
        if search(archive, query)
    ]
    assert scores == sorted(scores, reverse=True)
    assert all(1 <= score <= 100 for score in scores)
    assert scores[0] > 70 > scores[-1]


@pytest.mark.parametrize("query", ["", "🎉", "-", '"'])
def test_query_for_nothing_is_refused(archive: sqlite3.Connection, query: str) -> None:
    with pytest.raises(InvalidQuery):
        find(archive, query, limit=5, offset=0)


def test_other_form_of_the_same_query_finds_the_same(archive: sqlite3.Connection) -> None:
    wanted = list(search(archive, "GPT 투자"))
    assert list(search(archive, "ＧＰＴ 투자")) == wanted
    assert list(search(archive, "gpt 투자 🎉")) == wanted


def test_pages_together_are_the_whole(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", [f"투자 {n}번째 글" for n in range(600)]) as archive:
        pages = [find(archive, "투자", limit=100, offset=at) for at in range(0, 700, 100)]
        ids = [match.post.id for page in pages for match in page.items]
        assert {page.total for page in pages} == {600}
        assert sorted(ids) == list(range(1, 601))
        assert pages[-1].items == ()
        newest = find(archive, "투자", limit=600, offset=0, order=Order.NEWEST)
        assert [match.post.id for match in newest.items] == list(range(600, 0, -1))


def test_pages_of_long_posts_are_the_whole_as_well(tmp_path: Path) -> None:
    texts = [f"투자 {n}번째 글 " + "긴 이야기 " * 500 for n in range(120)]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        pages = [find(archive, "투자", limit=7, offset=at) for at in range(0, 120, 7)]
        ids = [match.post.id for page in pages for match in page.items]
    assert sorted(ids) == list(range(1, 121))


def test_posts_with_a_common_word_are_searched_for_half_typed_and_slipped_ones(
    tmp_path: Path,
) -> None:
    texts = [*(f"모두 아는 이야기 {n}" for n in range(400)), "이야기 속의 쿠버네티스", "쿠버 이야"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        for query in ("이야기 쿠버", "이야기 쿠버넽", "이야기 쿠머네", "쿠버네티즈 이야기"):
            assert 401 in {m.post.id for m in find(archive, query, limit=2).items}


def test_posts_that_are_read_for_a_rare_word_are_kept_out_as_all_are(tmp_path: Path) -> None:
    texts = ["학교에서 단어", "학교 단어 아님", "학교 단어 새 글", *["단어"] * 2 * MANY]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        for query, wanted in (("-아님", {1, 3}), ('-"새 글"', {1, 2}), ("-아님 -새", {1})):
            found = find(archive, f"학교 단어 {query}", limit=9, offset=0)
            assert {match.post.id for match in found.items} == wanted


def test_the_most_exact_of_many_posts_that_are_read_come_first(tmp_path: Path) -> None:
    less = ["학교에는 단어"] * (MANY - 1)
    texts = ["학교에서 단어", *less, *["단어"] * 2 * MANY]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "학교에서 단어", limit=1, offset=0)
    assert [match.post.id for match in found.items] == [1]
    assert found.total == len(less) + 1


def test_a_rare_word_begins_others_though_posts_with_itself_answer(tmp_path: Path) -> None:
    texts = ["드라마틱 토할", "드라마를 보다 토할뻔", *["드라마를"] * 2 * MANY]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "드라마를 토할", limit=9, offset=0)
    assert {match.post.id for match in found.items} == {1, 2}


@pytest.mark.parametrize(
    ("query", "wanted", "other"),
    [
        ("있는게 독특하", "독특함이 있는게 좋다", "있는 독특하게 만든"),
        ("인생극장 이만", "인생극장 같은 이만한 이야기", "인생극장이다"),
        ("아이와 요제", "어제 아이와 함께", "아이들과 보고싶어요제발"),
    ],
)
def test_where_no_word_is_as_typed_one_is_looked_for_beside_anything_like_the_other(
    tmp_path: Path, query: str, wanted: str, other: str
) -> None:
    apart = ["이만 줄인다", *[query.split(maxsplit=1)[0]] * 2 * MANY]
    with searchable(tmp_path / "galpi.db", [wanted, *[other] * 3, *apart]) as archive:
        found = find(archive, query, limit=10, offset=0)
    assert 1 in {match.post.id for match in found.items}


def test_slips_beside_another_form_of_a_word_are_not_all_that_is_looked_for(
    tmp_path: Path,
) -> None:
    texts = ["인간요정을 보려고 영화관에서", "요정들 보러 영화관에서여친이랑", "요정을"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "요정을 영화ㅗ간에서", limit=10, offset=0)
    assert {match.post.id for match in found.items} >= {1, 2}


def test_posts_with_a_word_as_typed_are_read_where_all_its_forms_have_too_many(
    tmp_path: Path,
) -> None:
    texts = ["시청률은 졸부아버지 탓", "시청률이 아버지 같다", *["시청률 이야기"] * 400]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "시청률은 아버지", limit=9, offset=0)
    assert {match.post.id for match in found.items} == {1, 2}


def test_parts_of_either_of_two_rare_words_are_found_besides_both(tmp_path: Path) -> None:
    texts = ["금융 규제", "금융 탈규제안", "핀금융권 규제", "금융", "규제"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "금융 규제", limit=10, offset=0).items
        assert [match.post.id for match in found] == [1, 3, 2, 5, 4]


def test_exact_hits_come_before_newer_compounds_however_many(tmp_path: Path) -> None:
    texts = ["투자", *["벤처투자의 투자사"] * 300]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "투자", limit=5, offset=0)
    assert found.items[0].post.id == 1
    assert found.total == 301


@pytest.mark.parametrize(
    ("query", "ids"),
    [("돈을", [1, 4, 2]), ("차를", [5, 3]), ("마을", []), ("돈을 버는", [2, 1, 4])],
)
def test_an_object_of_one_syllable_is_found_without_its_particle(
    tmp_path: Path, query: str, ids: list[int]
) -> None:
    texts = ["돈을 모은다", "돈 버는 법", "차 한 잔", "돈은 모이는 것", "차를 마신다", "마와 감자"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, query, limit=9, offset=0)
    assert [match.post.id for match in found.items] == ids


def test_a_word_that_ends_like_a_particle_is_found_inside_others(tmp_path: Path) -> None:
    texts = ["꼬마들", *["귀여운동네꼬마들 이야기"] * 3, *["꼬마가 온다"] * 300]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "꼬마들", limit=400, offset=0)
    ids = [match.post.id for match in found.items]
    assert ids[0] == 1
    assert {2, 3, 4} < set(ids)
    assert found.total == len(texts)


@pytest.mark.parametrize("word", ["좋네요ㅠㅠ", "좋네요ㅋㅋㅋ", "좋네요ㅎㅎ", "좋네요ㅠ"])
def test_word_that_laughs_or_weeps_is_the_very_word(tmp_path: Path, word: str) -> None:
    with searchable(tmp_path / "galpi.db", [f"드라마 {word}", "드라마 좋네요라"]) as archive:
        first, other = find(archive, "드라마 좋네요", limit=9, offset=0).items
    assert (first.post.id, other.post.id) == (1, 2)
    assert marked(first) == ["드라마", "좋네요"]
    assert "exact" in first.why


@pytest.mark.parametrize("query", ["ㅈㅇㄷㄹㅁ", "조은드라마", '"이건최고 배우"'])
def test_words_that_only_laughter_parts_are_found_as_if_they_were_apart(
    tmp_path: Path, query: str
) -> None:
    text = "한참웃은ㅋㅋㅋ좋은드라마ㅋㅋㅋㅋ이건최고ㅠㅠ 배우도"
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        assert find(archive, query, limit=9, offset=0).total == 1


def test_two_words_written_as_one_are_no_form_of_the_first(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["갈수록 낮아지는 평점", "낮아 보이는 지도"]) as archive:
        found = find(archive, "낮아 지도", limit=9, offset=0)
    assert [match.post.id for match in found.items] == [2, 1]
    assert "fewer" in found.items[1].why


def test_the_very_word_says_more_than_words_side_by_side(tmp_path: Path) -> None:
    texts = ["투자를 하다 보면 생기는 이야기", "투자가 이야기 된"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "투자를 이야기", limit=9, offset=0)
    assert [match.post.id for match in found.items] == [1, 2]


def test_newest_goes_by_time_and_not_by_id(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db") as archive:
        for ordinal in (30, 10, 20, 20):
            add(archive, "투자 이야기", ordinal)
        newest = find(archive, "투자", limit=9, offset=0, order=Order.NEWEST)
        same = find(archive, "투자", limit=9, offset=0)
    assert [match.post.id for match in newest.items] == [1, 4, 3, 2]
    assert same.items == newest.items


def test_slips_fill_up_a_rare_long_word_only(tmp_path: Path) -> None:
    texts = ["컨텐츠 하나", "콘텐츠 둘", "콘텐츠 셋", "나무", "나물"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert find(archive, "컨텐츠", limit=9, offset=0).total == 3
        assert find(archive, "컨텐츠", limit=9, offset=0).items[0].post.id == 1
        assert find(archive, "나무", limit=9, offset=0).total == 1


def test_a_part_of_few_words_is_also_a_slip_of_a_far_more_frequent_one(tmp_path: Path) -> None:
    texts = ["자전거차다리", *["차라리 그만"] * 6, "근친교배", "교회"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "차다리", limit=9, offset=0)
        assert [match.post.id for match in found.items] == [1, 7, 6, 5, 4, 3, 2]
        assert find(archive, "교배", limit=9, offset=0).total == 1
        assert find(archive, "자전거", limit=9, offset=0).total == 1


def test_slip_of_a_far_more_frequent_word_comes_before_words_with_it_inside(tmp_path: Path) -> None:
    texts = ["차라리 그만"] * 60 + ["자전거차다리"] * 12
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "차다리", limit=100, offset=0)
    assert [match.post.id <= 60 for match in found.items] == [True] * 60 + [False] * 12


@pytest.mark.parametrize(
    ("typed", "meant", "held"),
    [
        ("etering", "entering the market", "metering of power"),  # inside
        ("그까운", "가까운 식당", "그 까운을 입고"),  # split
        ("ㅊ리", "추리 소설", "cfl lamps"),  # in the other layout
    ],
)
def test_slip_of_a_far_more_frequent_word_comes_before_what_the_typed_word_may_be(
    tmp_path: Path, typed: str, meant: str, held: str
) -> None:
    with searchable(tmp_path / "galpi.db", [meant] * 60 + [held] * 2) as archive:
        found = find(archive, typed, limit=100, offset=0)
    assert [match.post.id <= 60 for match in found.items] == [True] * 60 + [False] * 2


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ('"양화에서"', [1]),  # with another particle
        ('"홍감"', []),  # the beginning of a word
        ('"etering"', []),  # inside one
        ('"metering of power"', [3]),
        ('"of metering"', []),
        ('"영화에서"', [4]),  # a word as it is
        ("영화에서 -홍감", [4]),
        ('"zxcvq"', []),
    ],
)
def test_words_in_quotes_are_taken_for_no_slip(tmp_path: Path, query: str, ids: list[int]) -> None:
    texts = ["양화를 들여온 상인", "홍감독 인터뷰", "metering of power", "영화에서 나온 말"]
    with searchable(tmp_path / "galpi.db", [*texts, *["공감 entering"] * 60]) as archive:
        found = find(archive, query, limit=9, offset=0)
    assert [match.post.id for match in found.items] == ids


def test_nothing_is_likelier_than_a_word_as_typed_or_what_many_posts_have(tmp_path: Path) -> None:
    texts = ["영화에서 나온 말"] * 1000 + ["양화를 들여온 상인"] * 150 + ["영하에서 만난 사람"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        as_typed = find(archive, "영하에서", limit=9, offset=0)
        by_many = find(archive, "양화에서", limit=9, offset=0)
    assert as_typed.items[0].post.id == 1151
    assert all(1000 < match.post.id <= 1150 for match in by_many.items)


@pytest.mark.parametrize("forms", [1, 3])
def test_slip_of_a_far_more_frequent_word_comes_before_forms_that_word_would_have(
    tmp_path: Path, forms: int
) -> None:
    texts = ["calendar of events"] * 30 + ["the calendly API"] * forms
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "calender", limit=100, offset=0)
    assert [match.post.id <= 30 for match in found.items] == [True] * 30 + [False] * forms


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("챗GPT", [1, 4]),
        ("챗 gpt", [1, 4]),
        ("챗gpt의 모델", [1, 4]),
        ("오픈AI", [2]),
        ("오픈AI를", [2]),
        ("K팝", [3]),
        ("책GPT", [4]),
    ],
)
def test_an_english_word_half_in_hangul_is_taken_as_it_sounds(
    tmp_path: Path, query: str, ids: list[int]
) -> None:
    texts = ["ChatGPT 모델", "OpenAI 발표", "KPop", "GPT"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, query, limit=9, offset=0)
    assert [match.post.id for match in found.items] == ids


def test_faithful_transcription_is_no_slip_of_a_word(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["피식 웃음"] * 80 + ["phishing"]) as archive:
        assert find(archive, "피싱", limit=1, offset=0).items[0].post.id == 81


def test_loanword_is_found_among_many_with_its_consonants(tmp_path: Path) -> None:
    vowels = ("oi", "io", "ua", "uo", "oe")
    others = [f"s{first}{one}{second}" for one in "bv" for first in vowels for second in vowels]
    with searchable(tmp_path / "galpi.db", ["server", *others]) as archive:
        assert find(archive, "서버", limit=1, offset=0).items[0].post.id == 1


def test_what_is_excluded_is_excluded_in_all_its_forms(tmp_path: Path) -> None:
    texts = ["투자하여 얻은 것", "투자를 받은 글", "투자자의 글", "고객의 글"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, "글 -투자", limit=9, offset=0)
    assert {match.post.id for match in found.items} == {3, 4}


def test_tag_limits_the_hits(tmp_path: Path) -> None:
    texts = ["#AI 투자", "AI 투자", "#AI 창업"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        archive.execute("INSERT INTO tags (id, key, name, posts) VALUES (7, 'ai', 'AI', 2)")
        archive.execute("INSERT INTO post_tags VALUES (1, 0, 7, 0), (3, 0, 7, 2)")
        for query, ids in {"#ai": [3, 1], "#AI 투자": [1], "#AI -투자": [3]}.items():
            found = find(archive, query, limit=9, offset=0)
            assert [match.post.id for match in found.items] == ids
            assert found.total == len(ids)
            assert all("tag" in match.why for match in found.items)
        tagged = find(archive, "#ai", limit=1, offset=0).items[0]
        assert marked(tagged) == ["AI"]


@pytest.mark.parametrize(
    ("query", "texts", "ids"),
    [
        # what tells more is missed more
        ("창업자가 알아야 할 것", ["공동 창업자", *["할 것"] * 9], [1]),
        # two words of which each is found are no slip of one
        ("책 추천", ["채권 금리", "책 소개", "추천합니다"], [2, 3]),
        # as many as possible, and then fewer, while there are few
        (
            "diffusion model image editing",
            ["image model", "diffusion model for image restoration", "editing diffusion"],
            [2, 3, 1],
        ),
        # two that are one word are missing or not together
        ("챗GPT 사용법", ["GPT 모델", "ChatGPT 활용"], [2, 1]),
        ("딥 러닝 강의 추천", ["딥 이야기", "딥러닝 강의", "강의 노트"], [2, 1, 3]),
        # a short word holds a slip if another holds none
        ("스타트업 투지 유치", ["스타트업 투자"], [1]),
        ("실리콘 벨리", ["불리는 이름"], []),
        # a word in the other layout is not told apart from a missing one
        ("챗gpt", ["CoT prompting", "GPT 활용"], [2]),
    ],
)
def test_what_tells_most_is_first_where_no_post_has_all_words(
    tmp_path: Path, query: str, texts: list[str], ids: list[int]
) -> None:
    with searchable(tmp_path / "galpi.db", texts) as archive:
        found = find(archive, query, limit=9, offset=0)
    assert [match.post.id for match in found.items] == ids


def test_a_loanword_is_found_in_both_scripts_however_many_posts_have_one(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["초기 스타트업", *["startup"] * 150]) as archive:
        assert find(archive, "startup").total == 151
        assert find(archive, "스타트업").total == 151


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("3200만원", "3천2백만 원에 샀다"),
        ("만오천원", "가격은 15,000원"),
        ("100억원", "매출 100억 달성"),
        ("2500", "2,500명"),
        ("백억", "매출 100억원"),
        ("gpt3.5", "GPT-3.5 소식"),
        ("GPT 3.5", "gpt3.5 소식"),
        ("llama3", "llama3.1 소식"),
        ("10㎏", "10kg"),
        ("㎡", "84㎡ 아파트"),
        ("성공했다", "성공하는 법"),
        ("먹다", "어제 먹었다"),
        ("ChatGPT", "챗GPT 이야기"),
        ("허깅페이스", "Hugging Face 모델"),
        ("컬러", "칼라 사진"),
        ("컨셉을", "콘셉트가 좋다"),
        ("며칠", "몇일 동안"),
        ("챗지피티", "ChatGPT 이야기"),
        ("챗지피티를", "챗GPT 이야기"),
        ("chatgpt", "챗지피티가 답한다"),
        ("지피티", "GPT-4 소식"),
        ("에이아이", "AI 시대"),
        ("API", "에이피아이 문서"),
        ("버는법", "돈을 버는 사람"),
        ("짜는법", "전략을 짰다"),
        ("담다", "글에 담은 생각"),
        ("졸려요", "졸리다고 했다"),
        ("게으른", "게을러서 그렇다"),
        ("깨진", "유리가 깨졌다"),
        ("써서", "글을 쓴다"),
        ("무너졌다", "무너지는 제국"),
        ("추운", "날이 춥다"),
        ("올린", "값을 올렸다"),
        ("던지다", "공을 던졌다"),
        ("삼성", "Samsung and others"),
        ("Seoul", "서울의 봄"),
        ("munger", "멍거의 말"),
        ("찰리", "Charlie said"),
        ("뉴욕", "in New York"),
        ("email", "by e-mail"),
        ("wrote", "a written text"),
        ("builds", "we built it"),
        ("people", "one person"),
        ("decisions", "to decide"),
        ("analyze", "an analyst, analysed"),
        ("optimisation", "to optimize"),
        ("centre", "the center"),
        ("js", "about JavaScript"),
        ("AI", "the A.I. race"),
        ("A.I.", "AI 시대"),
        ("m&a", "M&A를 마쳤다"),
        ("인수합병", "M&A 소식"),
        ("인플레", "inflation and rates"),
        ("에이전트", "two agents"),
        ("components", "컴포넌트 이야기"),
        ("라이브러리", "all libraries"),
        ("AB 테스트", "an A/B test"),
        ("깃헙 액션", "GitHub Actions"),
        ("스페이스X", "SpaceX 소식"),
        ("10킬로", "10kg"),
        ("설레임", "설렘이 있다"),
        ("애플", "Apple 소식"),
        ("apps", "앱을 만들었다"),
        ("앱", "two apps"),
        ("딥러닝", "deep learning news"),
        ("폴 그레이엄", "Paul Graham wrote"),
        ("와이콤비네이터", "Y Combinator, summer"),
        ("텀시트", "a term sheet"),
        ("미중", "美中 갈등"),
        ("여자는", "女子 대학"),
        ("美中", "미중이 다툰다"),
        ("ㅎㅇㅌㅌ", "회원 탈퇴"),
    ],
)
def test_the_same_word_differently_written_is_the_same_word(
    tmp_path: Path, query: str, text: str
) -> None:
    with searchable(tmp_path / "galpi.db", [text, "다른 글", "nothing else"]) as archive:
        found = find(archive, query)
    assert found.items[0].post.id == 1
    assert found.read_as in (None, "회원 탈퇴")


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("mule", "머리가 길다"),
        ("mugger", "무게를 잰다"),
        ("jose", "쯔요시 감독"),
        ("salute", "잘 살았다"),
        ("클로드", "the cloud"),
        ("인플레", "Infra"),
        ("게임", "a GEMM kernel"),
        ("서비스", "it saves time"),
        ("캐시", "in any case"),
        ("사이즈", "this way"),
        ("컬렉터", "a character"),
        ("레디스", "our readers"),
        ("머스크", "마스크와 mask"),
        ("프로세스", "프로세서 값"),
    ],
)
def test_a_word_is_not_taken_for_another_that_sounds_alike(
    tmp_path: Path, query: str, text: str
) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        found = find(archive, query)
    assert not found.items
    assert found.absent == (query,)


def test_no_more_posts_hold_all_words_than_are_found(tmp_path: Path) -> None:
    apart = ["net and work, frame"] * 160
    with searchable(tmp_path / "galpi.db", ["프레임워크", "frame work", *apart]) as archive:
        found = find(archive, "프레임워크")
    assert found.all_words <= found.total


def test_how_to_use_a_thing_asks_for_the_thing(tmp_path: Path) -> None:
    texts = ["클로드 코드 후기", "파이썬 코드 사용법", *["코드 이야기"] * 9, *["클로드 소식"] * 9]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert find(archive, "클로드 코드 사용법").items[0].post.id == 1


def test_letters_with_an_ampersand_are_one_word(tmp_path: Path) -> None:
    texts = ["M, then A", "MA degree", "M&A 소식", "AT&T and S&P500"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        for query, wanted in [("M&A", 3), ("at&t", 4), ('"S&P"', 4), ("-M&A 소식", None)]:
            found = [hit.post.id for hit in find(archive, query).items]
            assert found == ([] if wanted is None else [wanted]), query


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("멍거가코스트코를좋아하는이유", 1),
        ("스타트업실패이유", 2),
        ("우리가투자하지않은회사", 3),
        ("howtobuildastartup", 6),
        ("combinatorial", None),
    ],
)
def test_words_typed_without_blanks_are_words(
    tmp_path: Path, query: str, wanted: int | None
) -> None:
    texts = [
        "멍거가 왜 코스트코를 아주 좋아하는지, 그 이유",
        "실패한 스타트업이 말하는 이유",
        "투자를 우리가 하지 않은 회사들",
        "멍거의 회사",
        "스타트업 투자",
        "how we build a startup: com, bin, at, or, ial",
    ]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert next((hit.post.id for hit in find(archive, query).items), None) == wanted
        assert not find(archive, "뷁쉙뷁쉙뷁쉙뷁쉙").items


def test_a_word_that_is_a_stem_and_a_noun_is_found_as_both(tmp_path: Path) -> None:
    texts = ["배우가 나온다", "어제 배웠다", "물음을 던지는 글", "공을 던졌다"]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert [hit.post.id for hit in find(archive, "배우는").items] == [1, 2]
        assert {hit.post.id for hit in find(archive, "던지다").items} == {3, 4}


def test_no_writing_of_a_name_hides_another(tmp_path: Path) -> None:
    texts = ["허깅페이스 이야기", "the huggingface hub", "Hugging Face models", "an interview"]
    with searchable(tmp_path / "galpi.db", [*texts, "came into view"]) as archive:
        for query in ("허깅페이스", "huggingface", "Hugging Face"):
            assert {hit.post.id for hit in find(archive, query).items} == {1, 2, 3}, query
        assert [hit.post.id for hit in find(archive, "인터뷰").items] == [4]


def test_a_function_word_tells_posts_of_frequent_words_apart(tmp_path: Path) -> None:
    texts = ["how to handle it", *["handle the rest"] * 4500]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert find(archive, "how handle", limit=1, offset=0).items[0].post.id == 1


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("gpt4", ["gpt4 소식", "GPT-4 소식", "GPT 소식 4"]),
        ("딥러닝", ["딥러닝 소식", "deep learning news", "learning deep things"]),
    ],
)
def test_a_post_with_a_word_as_one_hides_none_with_it_apart(
    tmp_path: Path, query: str, texts: list[str]
) -> None:
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert [hit.post.id for hit in find(archive, query).items] == [1, 2]


@pytest.mark.parametrize(
    ("query", "text", "asked"),
    [
        ("시간관리", "시간이 없다. 위험 관리", ("시간", "관리")),
        ("llama2", "Llama with 2", ("llama",)),
    ],
)
def test_a_word_whose_parts_are_apart_is_absent_and_the_parts_are_offered(
    tmp_path: Path, query: str, text: str, asked: tuple[str, ...]
) -> None:
    with searchable(tmp_path / "galpi.db", [text]) as archive:
        found = find(archive, query)
    assert (found.items, found.absent, found.suggestions) == ((), (query,), asked)
