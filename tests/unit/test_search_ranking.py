import pytest

from storage.search.matching import Mark, Matcher
from storage.search.plans import COST, Answer, Plan, Rule, Slot, answer, best, narrowed
from storage.search.ranking import (
    AGAIN,
    APART,
    MOST,
    MOST_AGAIN,
    NOT_IN_TITLE,
    SELDOM,
    Verdict,
    judge,
    varied,
)
from storage.text.keys import sequence


def slot(*answers: Answer) -> Slot:
    return Slot((best(*answers),))


EXACT = Plan((slot(answer("ai", Rule.EXACT)),))
TWO = Plan((slot(answer("deep", Rule.EXACT)), slot(answer("learning", Rule.EXACT))))
SIDE_BY_SIDE = Plan((Slot((best(answer("gpt", Rule.EXACT)), best(answer("x", Rule.EXACT)))),))


def marks(text: str, plan: Plan) -> tuple[Mark, ...]:
    return Matcher(plan).marks(sequence(text))


def verdict(text: str, plan: Plan) -> Verdict:
    title = len(sequence(text.partition("\n")[0]))
    return judge(plan, marks(text, plan), title)


def test_the_best_possible_hit_has_all_points() -> None:
    best_of_all = verdict("AI\nai ai", EXACT)
    assert (best_of_all.score, best_of_all.why) == (MOST, (Rule.EXACT, Rule.TITLE, Rule.OFTEN))
    assert dict(best_of_all.lost) == {"words": 0, "title": 0, "often": 0}


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("ai\nx", "x\nai"),
        ("x\nai ai ai", "x\nai"),
        ("x\nai ai", "x\nai"),
    ],
)
def test_one_word_counts_by_place_and_number(better: str, worse: str) -> None:
    assert verdict(better, EXACT).score > verdict(worse, EXACT).score


def test_neighbours_beat_words_apart() -> None:
    texts = ["deep learning", "learning deep", "deep " + "x " * 30 + "learning"]
    found = [verdict(text, TWO) for text in texts]
    assert [one.score for one in found] == sorted({one.score for one in found}, reverse=True)
    assert Rule.PHRASE in found[0].why
    assert Rule.NEAR in found[1].why
    assert not {Rule.PHRASE, Rule.NEAR} & set(found[2].why)


def test_particle_of_a_foreign_word_does_not_part_neighbours() -> None:
    assert Rule.PHRASE in verdict("deep의 learning", TWO).why
    assert len(marks("GPT는 x", SIDE_BY_SIDE)) == 2
    assert marks("GPT y x", SIDE_BY_SIDE) == ()


def test_a_text_must_fill_every_slot() -> None:
    assert marks("deep water", TWO) == ()
    assert marks("", TWO) == ()


def test_hits_with_the_same_inexact_word_lose_ever_more_points() -> None:
    begun = Plan((TWO.slots[0], slot(*(answer(term, Rule.PREFIX) for term in ("gone", "good")))))
    found = [verdict(f"deep {word}", begun) for word in ("gone", "gone", "good", *["gone"] * 4)]
    lost = [dict(one.lost).get("again", 0) for one in varied(found)]
    assert lost == [0, AGAIN, 0, 2 * AGAIN, *[MOST_AGAIN] * 3]


def test_hits_with_the_very_words_or_one_word_lose_no_points_though_they_say_the_same() -> None:
    slipped = Plan((slot(answer("ai", Rule.TYPO)),))
    for text, plan in (("deep learning", TWO), ("ai", slipped)):
        found = [verdict(text, plan)] * 3
        assert list(varied(found)) == found


def test_no_bonus_makes_up_for_a_slip() -> None:
    other = [rule for rule in COST if rule not in {Rule.TYPO, Rule.SOUND, Rule.LAYOUT}]
    least = MOST - max(COST[rule] for rule in other) - NOT_IN_TITLE - SELDOM - APART
    assert least > MOST - COST[Rule.TYPO]


def test_the_worst_word_decides_most() -> None:
    slipped = Plan((*TWO.slots[:1], slot(answer("learning", Rule.TYPO))))
    both = Plan((slot(answer("deep", Rule.TYPO)), slot(answer("learning", Rule.TYPO))))
    scores = [verdict("deep learning", plan).score for plan in (TWO, slipped, both)]
    assert scores == sorted(set(scores), reverse=True)
    assert scores[0] - scores[1] > scores[1] - scores[2]


def test_side_by_side_words_cost_what_the_worst_of_them_does() -> None:
    chain = (best(answer("git", Rule.EXACT)), best(answer("hubs", Rule.PREFIX)))
    split = Plan((Slot(chain, (Rule.SPLIT,), COST[Rule.SPLIT]),))
    found = verdict("git hubs", split)
    assert found.why[:2] == (Rule.SPLIT, Rule.PREFIX)
    assert found.score == MOST - COST[Rule.SPLIT] - COST[Rule.PREFIX] - SELDOM


def test_score_never_leaves_its_range() -> None:
    hopeless = Plan((slot(answer("ai", Rule.TYPO, Rule.LAYOUT, extra=200)),), (Rule.FEWER,), 50)
    assert verdict("ai", hopeless).score == 1


def test_the_cheapest_answer_counts_for_each_term() -> None:
    cheap, dear = answer("ai", Rule.EXACT), answer("ai", Rule.TYPO)
    assert best(dear, cheap) == best(cheap, dear) == {"ai": cheap}


def test_narrowed_plan_keeps_the_most_exact_answers() -> None:
    rules = {"a": Rule.EXACT, "b": Rule.PARTICLE, "c": Rule.INSIDE}
    answers = [answer(term, rule) for term, rule in rules.items()]
    (kept,) = narrowed(Plan((slot(*answers),))).slots
    assert set(kept.chain[0]) == {"a", "b"}


def test_plan_with_an_empty_slot_is_impossible() -> None:
    assert TWO.is_possible
    assert not Plan((Slot(({},)),)).is_possible
    assert not Plan(()).is_possible


@pytest.mark.parametrize(
    ("text", "plan", "lost"),
    [
        ("x\nai", EXACT, {"words": 0, "not in the title": NOT_IN_TITLE, "once": SELDOM}),
        ("deep learning", TWO, {"words": 0, "phrase": 0, "title": 0, "once": SELDOM}),
        (
            "x\ndeep " + "x " * 30 + "learning",
            TWO,
            {"words": 0, "apart": APART, "not in the title": NOT_IN_TITLE, "once": SELDOM},
        ),
        (
            "ai",
            Plan((slot(answer("ai", Rule.TYPO)),), (Rule.FEWER, Rule.TAG), 30),
            {"fewer": 30, "tag": 0, "words": COST[Rule.TYPO], "title": 0, "once": SELDOM},
        ),
    ],
)
def test_points_lost_are_told_by_name_and_add_up(
    text: str, plan: Plan, lost: dict[str, int]
) -> None:
    judged = verdict(text, plan)
    assert dict(judged.lost) == lost
    assert judged.score == MOST - sum(lost.values())
