"""What the search looks in, worked out by PostgreSQL from each course's current version."""

from collections.abc import Collection

from django.db import connection

from training.catalogue.finding.remembering import forget_searches

# Titles weigh most (A, with the code), then what people will be able to do (B), then aims, audience and priorities (C).
# The words are the catalogue's vocabulary: a misspelt word is compared with them.
_INDEX = """
    WITH outcomes AS (
        SELECT version_id, string_agg(text, E'\n' ORDER BY position) AS text
        FROM catalogue_learningoutcome GROUP BY version_id
    ), answers AS (
        SELECT link.course_id, string_agg(priority.name, E'\n') AS text
        FROM catalogue_course_priorities link JOIN governance_priority priority ON priority.id = link.priority_id
        GROUP BY link.course_id
    ), says AS (
        SELECT course.id, course.code, version.title, coalesce(outcomes.text, '') AS outcomes,
               concat_ws(E'\n', version.aims, version.audience, answers.text) AS rest
        FROM catalogue_course course
        JOIN catalogue_courseversion version ON version.course_id = course.id AND version.is_current
        LEFT JOIN outcomes ON outcomes.version_id = version.id
        LEFT JOIN answers ON answers.course_id = course.id
        WHERE %(all)s OR course.id = ANY(%(ids)s)
    ), reads AS (
        SELECT id,
               setweight(to_tsvector('english', title), 'A')
               || setweight(to_tsvector('simple', replace(code, '-', ' ')), 'A')
               || setweight(to_tsvector('english', outcomes), 'B')
               || setweight(to_tsvector('english', rest), 'C') AS search,
               coalesce((
                   SELECT string_agg(DISTINCT word, ' ' ORDER BY word)
                   FROM regexp_split_to_table(lower(concat_ws(' ', title, outcomes, rest)), '[^[:alpha:]]+') word
                   WHERE length(word) > 2
               ), '') AS search_words
        FROM says
    )
    UPDATE catalogue_course SET search = reads.search, search_words = reads.search_words
    FROM reads
    WHERE catalogue_course.id = reads.id
      AND (catalogue_course.search, catalogue_course.search_words)
          IS DISTINCT FROM (reads.search, reads.search_words)
"""


def index_courses(course_ids: Collection[int] | None = None) -> int:
    """Make these courses (all of them for None) findable as their current version reads; returns how many changed.

    To be called in the transaction of whatever changes a course's words or its priorities (or a priority's name):
    actions, imports, the demonstration.
    """
    forget_searches()
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, {"all": course_ids is None, "ids": list(course_ids or [])})
        return int(cursor.rowcount)
