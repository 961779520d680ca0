"""Growth of counters: what is known of it, and that nothing is made up."""

from hypothesis import given
from hypothesis import strategies as st

from checks.growth import Growth, growth

COUNTS = st.integers(0, 2**40)
SECONDS = st.floats(1, 1e8)


@given(then=COUNTS, by=COUNTS, seconds=SECONDS)
def test_what_a_counter_grew_by(then: int, by: int, seconds: float) -> None:
    assert growth(then + by, then, seconds) == Growth(by, seconds)


@given(now=COUNTS, lost=st.integers(1, 2**40), seconds=SECONDS)
def test_a_counter_that_fell_tells_nothing(now: int, lost: int, seconds: float) -> None:
    assert growth(now, now + lost, seconds) is None


@given(now=COUNTS, then=COUNTS, seconds=st.floats(10, 1e8), share=st.floats(0.01, 0.99))
def test_within_the_interval_it_grew_from_zero(now: int, then: int, seconds: float, share: float) -> None:
    assert growth(now, then, seconds, from_zero_s=seconds * share) == Growth(now, seconds * share)


@given(then=COUNTS, by=COUNTS, seconds=SECONDS)
def test_what_happened_before_the_interval_does_not_matter(then: int, by: int, seconds: float) -> None:
    assert growth(then + by, then, seconds, from_zero_s=seconds * 2) == Growth(by, seconds)


def test_what_is_not_printed_is_not_known() -> None:
    assert growth(None, 1, 30) is None
    assert growth(1, None, 30) is None
    assert growth(1, 0, 0) is None


def test_the_rate_is_per_hour() -> None:
    assert Growth(5, 30).per_hour == 600
