"""Our own Student's t against scipy's."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evaluation.analysis.student import beta_share, mean_interval, t_quantile


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 9, 10, 29, 30, 94, 120, 1000, 60_000])
def test_t_quantile_is_scipys(freedom: int) -> None:
    assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)


@given(st.floats(0.001, 0.999), st.floats(0.1, 300), st.floats(0.1, 300))
def test_beta_share_is_scipys(x: float, a: float, b: float) -> None:
    assert beta_share(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-8, abs=1e-12)


@given(st.lists(st.integers(-4, 4), min_size=2, max_size=200).filter(lambda values: len(set(values)) > 1))
def test_mean_interval_is_scipys(values: list[int]) -> None:
    low, high = mean_interval(len(values), sum(values), sum(value * value for value in values))

    expected = stats.t.interval(
        0.95, len(values) - 1, loc=sum(values) / len(values), scale=stats.sem([float(value) for value in values])
    )
    assert (low, high) == (pytest.approx(expected[0], abs=1e-9), pytest.approx(expected[1], abs=1e-9))


def test_mean_interval_of_a_textbook_example() -> None:
    """Student's own sleep data (1908), one drug less the other: mean 1.58, 95 % from 0.70 to 2.46 (R's t.test)."""
    differences = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]

    low, high = mean_interval(10, sum(differences), math.fsum(value * value for value in differences))

    assert (round(low or 0, 4), round(high or 0, 4)) == (0.7001, 2.4599)


@pytest.mark.parametrize(("n", "total", "squares"), [(0, 0, 0), (1, 4, 16), (7, 28, 112)])
def test_mean_interval_of_one_or_of_alike_is_none(n: int, total: float, squares: float) -> None:
    assert mean_interval(n, total, squares) == (None, None)
