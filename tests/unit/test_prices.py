import pytest

from seeds.formats.composing import price, shown_price


@pytest.mark.parametrize(
    ("units", "currency", "shown", "written"),
    [
        (990, "USD", "$9.90", "9.90 USD"),
        (10_000, "KRW", "₩10,000", "10,000 KRW"),
        (123_450, "RUB", "1 234,50 RUB", "1,234.50 RUB"),
        (1_234_500, "EUR", "12 345,00 €", "12,345.00 EUR"),
        (990_000, "VND", "990.000 ₫", "990,000 VND"),
        (1_500, "BHD", "BHD 1.500", "1.500 BHD"),
        (500, "BRL", "R$ 5,00", "5.00 BRL"),
        (100_000, "CHF", "1'000.00 CHF", "1,000.00 CHF"),
        (50, "XTR", "⭐50", "⭐ 50"),
        (5_000, "USD", "$50", "50.00 USD"),
    ],
)
def test_a_price_is_one_however_it_is_told(
    units: int, currency: str, shown: str, written: str
) -> None:
    assert price(units, currency) == shown_price(shown) == written


@pytest.mark.parametrize(
    ("units", "currency"),
    [
        (None, "USD"),
        (True, "USD"),
        ("9", "USD"),
        (0, "USD"),
        (-1, "USD"),
        (10**400, "USD"),
        (9, ""),
        (9, 7),
    ],
)
def test_what_is_no_price_is_none(units: object, currency: object) -> None:
    assert price(units, currency) == ""


@pytest.mark.parametrize("shown", ["", "free", "9 apples a day", "$" + "9" * 5000, "1234"])
def test_what_is_not_understood_stays(shown: str) -> None:
    assert shown_price(shown) == shown
