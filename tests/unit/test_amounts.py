import pytest

from storage.language.korean import SMALLEST, amount_of, writings


@pytest.mark.parametrize(
    ("written", "value", "counted"),
    [
        ("3200만원", 32_000_000, "원"),
        ("3천2백만원", 32_000_000, "원"),
        ("32000000", 32_000_000, ""),
        ("만오천원", 15_000, "원"),
        ("1억5천만", 150_000_000, ""),
        ("100억", 10_000_000_000, ""),
        ("삼백명", 300, "명"),
        ("천만", 10_000_000, ""),
        ("2조", 2_000_000_000_000, ""),
    ],
)
def test_numbers_are_read(written: str, value: int, counted: str) -> None:
    assert amount_of(written) == (value, counted)


@pytest.mark.parametrize(
    "written", ["", "투자", "만나다", "99", "이사", "만억", "1만2억", "2024년도"]
)
def test_what_is_no_number_or_too_small_is_none(written: str) -> None:
    assert amount_of(written) is None


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        (32_000_000, ("32000000", "3200만", "3천2백만", "삼천이백만")),
        (15_000, ("15000", "1만5000", "1만5천", "만오천")),
        (10_000_000_000, ("10000000000", "100억", "1백억", "백억")),
    ],
)
def test_numbers_are_written_in_every_way(value: int, ways: tuple[str, ...]) -> None:
    assert writings(value) == ways


@pytest.mark.parametrize("value", [SMALLEST, 101, 1_234, 15_000, 10**8, 123_456_789, 5 * 10**12])
def test_every_writing_is_read_as_its_number(value: int) -> None:
    assert {amount_of(one) for one in writings(value)} == {(value, "")}
