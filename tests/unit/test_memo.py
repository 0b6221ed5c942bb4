"""Results remembered by their argument."""

from storage.language.memo import Memo


def test_each_argument_is_worked_out_once_until_there_are_too_many() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length, 2)
    assert [memo[word] for word in ("a", "bc", "a", "bc")] == [1, 2, 1, 2]
    assert asked == ["a", "bc"]
    assert memo["def"] == 3
    assert dict(memo) == {"def": 3}
