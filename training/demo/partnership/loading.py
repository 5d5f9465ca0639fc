"""Into an empty database, whole or not at all."""

import datetime

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from training.config import parts
from training.demo.models import DemoLoad
from training.demo.partnership.partnership import DemoPartnership, read_rows
from training.people.models import User

ACCOUNTS_AT = "muster.example"
# How many rows a load reports to the progress bar; a test keeps it near the truth.
ABOUT_ROWS = 10_900
# Whatever an installation holds begins with one of these; migrations fill none of them, though they write
# synonyms, booking rules, questionnaires and definitions.
BEGINNINGS = (
    "catalogue.Course",
    "catalogue.Event",
    "people.Agency",
    "people.Partnership",
    "people.Person",
    "people.User",
    "providers.Provider",
)
# The history from the files ends in 2021.
FIRST_DAY = datetime.date(2022, 1, 1)


class DemoError(Exception):
    """Why the demonstration cannot be loaded, in a sentence."""


def loaded() -> DemoLoad | None:
    """What is loaded, if anything. Raises DemoError for a database without tables."""
    if DemoLoad._meta.db_table not in connection.introspection.table_names():
        raise DemoError("This database has no tables yet: run `manage.py migrate` first.")
    return DemoLoad.objects.first()


def load(today: datetime.date) -> DemoLoad:
    """Build the partnership as it is on that day. Raises DemoError where it may not or the database is in use."""
    _refuse_outside_the_demonstration()
    if today < FIRST_DAY:
        raise DemoError(f"The demonstration's own history ends in 2021: choose a day from {FIRST_DAY:%-d %B %Y} on.")
    with transaction.atomic(), tqdm(total=ABOUT_ROWS, unit=" rows", disable=None, leave=False) as bar:
        _lock()
        already = loaded()
        if already:
            return already
        _refuse_foreign_data()
        parts.load_demo(DemoPartnership(today, bar))
        _analyse()
        return DemoLoad.objects.create(pk=1, today=today, loaded_at=timezone.now())


def start_over() -> None:
    """Back to an empty, migrated database. Raises DemoError when what it holds is not the demonstration."""
    _refuse_outside_the_demonstration()
    if loaded() is None:
        _refuse_foreign_data()
        return
    # Not `flush`: the audit's tables refuse to be emptied, and rows that migrations wrote have to come back.
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)


def accounts() -> list[tuple[str, str]]:
    """Address and who that is, of each account to try, in the order of the file."""
    known = dict(User.objects.filter(email__endswith=f"@{ACCOUNTS_AT}").values_list("email", "person__name"))
    rows = [(f"{row['account']}@{ACCOUNTS_AT}", row["who"]) for row in read_rows("accounts.csv")]
    return [(address, f"{known[address]}, {who}") for address, who in rows if address in known]


def in_use() -> list[str]:
    """Those of the models that everything begins with which have rows."""
    return [label for label in BEGINNINGS if apps.get_model(label)._default_manager.exists()]


def _refuse_outside_the_demonstration() -> None:
    if not settings.DEMO:
        raise DemoError(
            "This installation is not a demonstration, so nothing is loaded. `make demo` starts one; to load it into"
            " a database of your own, set MUSTER_DEMO=1."
        )


def _refuse_foreign_data() -> None:
    held = in_use()
    if held:
        named = ", ".join(held[:2]) + (" and more" if held[2:] else "")
        raise DemoError(
            f"This database holds other data ({named}), so nothing is loaded. Give the demonstration an empty one."
        )


def _lock() -> None:
    """Two loads at once: the second waits and then finds it done."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE demo_demoload IN EXCLUSIVE MODE")


def _analyse() -> None:
    """The planner's figures now, not when autovacuum comes round: the first pages are as fast as the rest."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
