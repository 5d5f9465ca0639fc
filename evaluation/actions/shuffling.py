"""Answers of the last days are written anew once a night, all in one transaction and in an order of chance.

PostgreSQL keeps in each row which transaction wrote it (xmin) and where it lies (ctid), and an answer has a number:
all rise with the hour, and rows elsewhere that know their hour have such marks too. After this they tell the night.
"""

import datetime

from django.db import connection

# A worker that was away for some nights still shuffles what came in meanwhile.
WITHIN = datetime.timedelta(days=7)
STATEMENTS = (
    """
    WITH gone AS (DELETE FROM evaluation_response WHERE "on" >= %(since)s AND "on" < %(today)s RETURNING *)
    INSERT INTO evaluation_response SELECT * FROM gone ORDER BY random()
    """,
    """
    WITH gone AS (
        DELETE FROM evaluation_answer a USING evaluation_response r
        WHERE r.id = a.response_id AND r."on" >= %(since)s AND r."on" < %(today)s
        RETURNING a.response_id, a.question_id, a.outcome_id, a.rating, a.choice
    )
    INSERT INTO evaluation_answer (response_id, question_id, outcome_id, rating, choice)
    SELECT response_id, question_id, outcome_id, rating, choice FROM gone ORDER BY random()
    """,
    # In place, since a screener may have one open: the order of comments is that of their random ids anyway.
    """
    UPDATE evaluation_comment SET text = text
    WHERE ("on" >= %(since)s AND "on" < %(today)s)
        OR response_id IN (SELECT id FROM evaluation_response WHERE "on" >= %(since)s AND "on" < %(today)s)
    """,
)


def shuffle_answers(*, today: datetime.date) -> None:
    """Inside the caller's transaction. Not today's: somebody may be answering at this moment."""
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, {"today": today, "since": today - WITHIN})
