"""From what somebody typed to what PostgreSQL is asked: synonyms, beginnings of words, slips of spelling."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Lower, Replace

from training.catalogue.finding.words import nearest_word, phrases_of, spellings_of, tidy, words_of
from training.catalogue.models import Synonym


@dataclass(frozen=True)
class Asked:
    """A tsquery: SQL and what stands in it, kept apart."""

    sql: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """A word, or a phrase that the synonyms know, and what else it means."""

    text: str
    meanings: tuple[str, ...] = ()
    is_beginning: bool = False

    def as_query(self) -> Asked:
        queries = [Asked("plainto_tsquery('english', %s)", (text,)) for text in (self.text, *self.meanings)]
        if any(letter.isdigit() for letter in self.text):  # of a course's code, which is not stemmed
            queries.append(Asked("plainto_tsquery('simple', %s)", (self.text,)))
        if self.is_beginning:
            queries.append(Asked("to_tsquery('english', %s)", (f"'{self.text}':*",)))
        return _joined(queries, "||")


@dataclass(frozen=True)
class Understood:
    """What is searched for. `words` are what the text was taken for; `is_mended` when those are not the ones typed."""

    typed: str = ""
    pieces: tuple[Piece, ...] = ()
    words: tuple[str, ...] = ()
    is_mended: bool = False

    @property
    def meant(self) -> str:
        """The text with its slips mended, for "Showing results for …"."""
        return " ".join(self.words)

    def all_pieces(self) -> Asked | None:
        return _joined([piece.as_query() for piece in self.pieces], "&&") if self.pieces else None

    def any_piece(self) -> Asked | None:
        return _joined([piece.as_query() for piece in self.pieces], "||") if self.pieces else None


def _joined(queries: list[Asked], sign: str) -> Asked:
    return Asked(
        f"({f' {sign} '.join(query.sql for query in queries)})",
        tuple(word for query in queries for word in query.words),
    )


def understand(text: str) -> Understood:
    """The pieces of a text as it is spelt: one query, for its synonyms."""
    words = words_of(text)
    return Understood(tidy(text), tuple(_pieces(words)), words=tuple(words))


def mend(understood: Understood) -> Understood:
    """The same with unknown words mended: a beginning is taken as one, a slip is put right, and what nothing is like
    is left out if there are other words. Two queries at most."""
    single = [piece.text for piece in understood.pieces if not piece.meanings and " " not in piece.text]
    answers = {word: (is_beginning, nearest_word(word, near)) for word, is_beginning, near in _unknown(single)}
    if not answers:
        return understood
    beginnings = {word for word, (is_beginning, _) in answers.items() if is_beginning}
    slips = {word: near for word, (_, near) in answers.items() if near and word not in beginnings}
    hopeless = answers.keys() - beginnings - slips.keys()
    words = [slips.get(word, word) for word in understood.words if word not in hopeless] or list(understood.words)
    pieces = list(understood.pieces) if words == list(understood.words) else _pieces(words)
    return replace(
        understood,
        words=tuple(words),
        is_mended=tuple(words) != understood.words,
        pieces=tuple(replace(piece, is_beginning=piece.text in beginnings) for piece in pieces),
    )


def _pieces(words: list[str]) -> list[Piece]:
    """Words in the order typed, the longest known phrases kept together."""
    if not words:
        return []
    known = _synonyms(words)
    taken: dict[int, Piece] = {}
    covered: set[int] = set()
    for start, length, phrase in phrases_of(words):
        meanings = tuple(sorted({m for spelling in spellings_of(phrase) for m in known.get(spelling, ())}))
        places = set(range(start, start + length))
        if (meanings or length == 1) and not places & covered:
            taken[start] = Piece(phrase, meanings)
            covered |= places
    return [taken[start] for start in sorted(taken)]


def _synonyms(words: list[str]) -> dict[str, list[str]]:
    spellings = {spelling for _, _, phrase in phrases_of(words) for spelling in spellings_of(phrase)}
    key = Replace(Lower("term"), Value("-"), Value(" "))
    rows = Synonym.objects.annotate(key=key).filter(key__in=spellings).values_list("key", "meaning")
    known: dict[str, list[str]] = {}
    for term, meaning in rows:
        known.setdefault(term, []).append(meaning)
    return known


# Asked words that no course has. With each: whether some course's word begins so, and the words most like it,
# out of the vocabulary of the catalogue and of the synonyms.
_UNKNOWN = """
    WITH asked AS (
        SELECT word FROM unnest(%(words)s::text[]) word
        WHERE numnode(plainto_tsquery('english', word)) > 0
          AND NOT EXISTS (
              SELECT FROM catalogue_course
              WHERE standing = 'published' AND search @@ plainto_tsquery('english', word)
          )
    ), vocabulary AS (
        SELECT word, count(*) AS courses FROM (
            SELECT unnest(string_to_array(search_words, ' ')) AS word FROM catalogue_course WHERE standing = 'published'
            UNION ALL
            SELECT regexp_split_to_table(lower(term || ' ' || meaning), '[^[:alnum:]]+') FROM catalogue_synonym
        ) AS said WHERE EXISTS (SELECT FROM asked) GROUP BY word
    )
    SELECT asked.word,
           length(asked.word) > 2 AND (
               EXISTS (SELECT FROM vocabulary WHERE starts_with(vocabulary.word, asked.word))
               OR EXISTS (SELECT FROM catalogue_course WHERE standing = 'published' AND code ILIKE asked.word || '%%')
           ),
           ARRAY(
               SELECT vocabulary.word FROM vocabulary
               WHERE abs(length(vocabulary.word) - length(asked.word)) <= 3
                 AND similarity(vocabulary.word, asked.word) > 0.15
               ORDER BY similarity(vocabulary.word, asked.word) DESC, courses DESC, vocabulary.word LIMIT 20
           )
    FROM asked
"""


def _unknown(words: Iterable[str]) -> list[tuple[str, bool, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(_UNKNOWN, {"words": list(words)})
        return [(word, is_beginning, near) for word, is_beginning, near in cursor.fetchall()]
