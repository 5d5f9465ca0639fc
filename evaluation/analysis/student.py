"""Student's t by our own arithmetic: the interval in which a mean likely lies.

The distribution through the regularised incomplete beta function, by its continued fraction (Abramowitz and
Stegun 26.5.8 and 26.7.1), evaluated from the front by Lentz's method; the quantile by halving. The tests hold it
against another library.
"""

import math
from functools import lru_cache

CONFIDENCE = 0.95
TINY = 1e-300
STEPS = 500
SPREAD_FLOOR = 1e-9


def mean_interval(n: int, total: float, squares: float) -> tuple[float | None, float | None]:
    """Ends of the 95 % interval of the mean of `n` values; (None, None) below two values or when all are alike."""
    if n < 2:
        return None, None
    mean = total / n
    spread = (squares - total * mean) / (n - 1)
    if spread <= SPREAD_FLOOR:
        return None, None
    reach = t_quantile(n - 1) * math.sqrt(spread / n)
    return mean - reach, mean + reach


@lru_cache(maxsize=512)
def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The t between whose negative and positive `confidence` of the distribution lies."""
    low, high = 0.0, 1.0
    while _within(high, freedom) < confidence:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """How much of the distribution lies between −t and t."""
    return 1 - beta_share(freedom / (freedom + t * t), freedom / 2, 0.5)


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b) for 0 ≤ x ≤ 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    lower, upper = 1 / _not_zero(1 - (a + b) * x / (a + 1)), 1.0
    value = lower
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / _not_zero(1 + term * lower)
            upper = _not_zero(1 + term / upper)
            change = lower * upper
            value *= change
        if abs(change - 1) < 1e-15:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
