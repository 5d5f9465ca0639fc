import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from evaluation.actions.taking_out import note_written
from evaluation.taking_out.writing import write_zip
from training.people.acting import acting_user
from training.people.errors import PeopleError
from training.people.permissions import Permission


class Command(BaseCommand):
    help = "Write everything that this installation holds to a zip file: CSV, JSON and attached files."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", required=True, help="what it is for: kept with the name and the day")
        parser.add_argument("--by", default="", metavar="ADDRESS", help="the administrator in whose name it is done")

    def handle(self, *, file: Path, reason: str, by: str, **options: object) -> None:  # noqa: ARG002
        try:
            user = acting_user(Permission.MANAGE_PARTNERSHIP, by)
            with file.open("xb") as target, tqdm(unit=" rows", disable=None, leave=False) as bar:
                file.chmod(0o600)
                with transaction.atomic():
                    if len(connection.savepoint_ids) == 0:
                        with connection.cursor() as cursor:
                            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    rows = write_zip(target.write, now=timezone.now(), advance=bar.update)
        except (PeopleError, OSError) as error:
            raise CommandError(str(error)) from None
        size = file.stat().st_size
        note_written(reason=reason, rows=rows, size_bytes=size, by=user, now=timezone.now())
        self.stdout.write(f"{rows:,} rows written to {file}. Only you can read it.\n")
