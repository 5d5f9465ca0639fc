"""What in a text may tell who somebody is. It errs on the side of a look too many: a person decides.

Patterns are bounded, so that no text makes them slow.
"""

import re
from collections.abc import Callable, Iterator

from evaluation.screening.kinds import Kind, Suspicion
from evaluation.screening.names import WORD, find_names, is_known

Span = tuple[int, int]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY, _YEAR = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?", r"(?:(?:19|20)\d\d|['’]\d\d)"
_CAPITAL = r"[^\W\d_a-z][\w'’]{1,30}"
_ROADS = (
    r"(?:street|road|avenue|lane|close|court|drive|way|gardens|place|terrace|crescent|square|house|row|grove|hill"
    r"|walk|mews)"
)
_SCHOOLS = (
    r"(?:(?:Primary|Infants?|Junior|Secondary|High|Grammar|Nursery|Special|Church|CE|RC|Boys|Girls)\s{1,3}){0,3}"
    r"(?:School|Academy|College|Nursery|Pre-?school|Kindergarten)"
)

EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)44[ -]?(?:\(0\))?|\(?0)[\d ()-]{8,14}\d(?!\d)", re.ASCII)
BIRTH = (
    re.compile(rf"\b{_DAY}[ /.-](?:0?[1-9]|1[0-2])[ /.-](?:(?:19|20)\d\d|\d\d)\b", re.IGNORECASE | re.ASCII),
    re.compile(r"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b", re.ASCII),
    re.compile(rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}", re.IGNORECASE),
    re.compile(rf"\bborn (?:(?:on|in) )?(?:(?:{_DAY} )?{_MONTH} )?{_YEAR}", re.IGNORECASE),
)
ADDRESS = (
    # The two letters at the end are of those that the Post Office uses; "2nd" is not an address.
    re.compile(
        r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}"
        r"|[a-z]{1,2}\d[a-z\d]? ?\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2})\b",
        re.ASCII,
    ),
    re.compile(
        r"\b\d{1,4}[a-z]?,? (?:[\w'’]{2,30} ){1,2}(?:street|road|avenue|lane|crescent|gardens|terrace)\b", re.IGNORECASE
    ),
    re.compile(rf"\b(?:\d{{1,4}}[a-z]?,? )?(?:{_CAPITAL} ){{1,3}}(?i:{_ROADS})\b"),
    re.compile(r"\bflat \d{1,4}[a-z]?\b", re.IGNORECASE),
)
CASE = (
    re.compile(r"\b[A-Z]{2}\d{2}[A-Z]\d{5}\b", re.ASCII),
    re.compile(r"\b[A-Z]{1,5}[/-]?\d{4,12}(?:[/-]\d{1,4})?\b", re.ASCII),
    re.compile(
        r"\b(?:case|ref|reference|crime|mosaic|lcs|liquid ?logic|rio|file|urn|nhs)"
        r"(?: (?:no|number|ref|reference|id))?[.:# ]{1,3}(?=[\w/-]{0,12}\d)[\w/-]{3,24}",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![\w.,£])\d{6,12}(?![\w%])", re.ASCII),
)
SCHOOL = re.compile(rf"\b(?:{_CAPITAL}\.?[ ]{{1,3}}){{1,4}}{_SCHOOLS}\b")
AGE = (
    re.compile(r"\b(?:aged?|turned|turning|nearly) \d{1,2}\b(?! (?:people|days|weeks|hours|minutes))", re.IGNORECASE),
    re.compile(r"\b\d{1,2}[ -]?(?:years?|yrs?|months?|weeks?)[ -]old\b", re.IGNORECASE),
    re.compile(r"\b\d{1,2} ?(?:y[./]?o|yrs)\b", re.IGNORECASE),
)
AFTER_A_NAME = re.compile(r"(?:, | ?\()(\d{1,2})(?=[,.;)]| and|$)")


def suspicions(text: str) -> list[Suspicion]:
    """In the order of the text, none overlapping another. An age only where something else tells whose it is."""
    kept: list[Suspicion] = []
    for kind, finder in _FINDERS:
        kept += [Suspicion(kind, *span) for span in finder(text) if not _overlaps(span, kept)]
    if kept:
        kept += [Suspicion(Kind.AGE, *span) for span in _ages(text, kept) if not _overlaps(span, kept)]
    return sorted(kept, key=lambda found: found.start)


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the check digit: modulus 11, as the NHS Data Dictionary defines it."""
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == int(digits[9])


def _overlaps(span: Span, kept: list[Suspicion]) -> bool:
    return any(span[0] < one.end and one.start < span[1] for one in kept)


def _by(*patterns: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: _apart(match.span() for pattern in patterns for match in pattern.finditer(text))


def _apart(spans: Iterator[Span]) -> Iterator[Span]:
    """The first of those that overlap."""
    taken: list[Span] = []
    for start, end in spans:
        if all(end <= other[0] or other[1] <= start for other in taken):
            taken.append((start, end))
            yield start, end


def _nhs_numbers(text: str) -> Iterator[Span]:
    for match in TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match[0])):
            yield match.span()


def _phones(text: str) -> Iterator[Span]:
    for match in PHONE.finditer(text):
        if 10 <= len(re.sub(r"\D", "", match[0])) <= 14:
            yield match.span()


def _addresses(text: str) -> Iterator[Span]:
    return _apart(_without_known(text, span) for span in _by(*ADDRESS)(text) if _is_named(text, span))


def _schools(text: str) -> Iterator[Span]:
    spans = (match.span() for match in SCHOOL.finditer(text))
    return (_without_known(text, span) for span in spans if _is_named(text, span))


def _is_named(text: str, span: Span) -> bool:
    """Whether more than ordinary words stand before the last one: "Elm Park School", not "Our School"."""
    words = [match[0] for match in WORD.finditer(text, *span)]
    has_digit = any(letter.isdigit() for letter in text[slice(*span)])
    return has_digit or any(not is_known(word) for word in words[:-1])


def _without_known(text: str, span: Span) -> Span:
    """Without "At the" before the name itself."""
    start = span[0]
    for match in WORD.finditer(text, *span):
        if not is_known(match[0]) or any(letter.isdigit() for letter in text[start : match.start()]):
            break
        start = match.end()
    while text[start].isspace():
        start += 1
    return start, span[1]


def _ages(text: str, kept: list[Suspicion]) -> Iterator[Span]:
    yield from _by(*AGE)(text)
    for one in kept:
        if one.kind == Kind.NAME and (match := AFTER_A_NAME.match(text, one.end)):
            yield match.span(1)


_FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]]], ...] = (
    (Kind.EMAIL, _by(EMAIL)),
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.PHONE, _phones),
    (Kind.BIRTH, _by(*BIRTH)),
    (Kind.ADDRESS, _addresses),
    (Kind.CASE, _by(*CASE)),
    (Kind.SCHOOL, _schools),
    (Kind.NAME, find_names),
)
