"""A large catalogue: 2,000 courses with 25 dates each, half of them to come. By SQL alone, triggers off: in seconds."""

from django.db import connection, transaction

from training.catalogue.finding.indexing import index_courses
from training.catalogue.finding.remembering import forget_searches

COURSES, DATES = 2_000, 25
TABLES = ("catalogue_course", "catalogue_courseversion", "catalogue_event", "catalogue_session")
FILL = f"""
    INSERT INTO catalogue_course (code, kind, remit, usual_mode, standing, search_words, revision)
    SELECT 'MANY' || n, 'course', (ARRAY['children', 'adults', 'joint'])[1 + n % 3],
           (ARRAY['face_to_face', 'virtual'])[1 + n % 2], 'published', '', 1
    FROM generate_series(1, {COURSES}) n;

    INSERT INTO catalogue_courseversion (course_id, number, is_current, title, aims, audience, content_warning,
        what_to_bring, hours, made_at)
    SELECT id, 1, true,
           (ARRAY['Neglect', 'Domestic abuse', 'Self-harm', 'Parental conflict', 'Modern slavery', 'Exploitation',
                  'Fabricated illness', 'Hoarding', 'Mental capacity', 'Online harm'])[1 + id % 10]
           || ' in practice, part ' || code,
           'What to look for, whom to tell and how to write it down.', 'Everybody who meets families', '', '', 3.5,
           now()
    FROM catalogue_course WHERE code LIKE 'MANY%';

    INSERT INTO catalogue_event (reference, version_id, mode, standing, room_limit, places_offered, minimum,
        places_held, starts_at, ends_at, joining_link, notes_for_delegates, notes_for_trainers, revision)
    SELECT course.code || 'D' || n, version.id, (ARRAY['face_to_face', 'virtual'])[1 + (version.id + n) % 2],
           'published', 24, 20, 6, (version.id + n) % 21, day + interval '10 hours', day + interval '13 hours', '', '',
           '', 1
    FROM catalogue_course course JOIN catalogue_courseversion version ON version.course_id = course.id,
         generate_series(1, {DATES}) n,
         LATERAL (SELECT date_trunc('day', now()) + make_interval(days => (n - {DATES // 2}) * 9) AS day) AS days
    WHERE course.code LIKE 'MANY%';

    INSERT INTO catalogue_session (event_id, position, starts_at, ends_at, joining_link)
    SELECT id, 1, starts_at, ends_at, '' FROM catalogue_event WHERE reference LIKE 'MANY%';
"""  # noqa: S608 - the numbers above


def fill() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(FILL)
        index_courses()
        forget_searches()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"VACUUM ANALYZE {table}")
