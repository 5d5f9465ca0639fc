import argparse
from pathlib import Path
from typing import TextIO, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bookings.imports.completions import COMPLETIONS
from training.people.acting import acting_user
from training.people.errors import PeopleError
from training.people.permissions import Permission
from training.web.import_command import run_import


class Command(BaseCommand):
    help = "Read completions of e-learning from the licensed platform's .csv or .xlsx file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--by", default="", metavar="ADDRESS", help="the coordinator in whose name it is done")

    def handle(self, *, file: Path, dry_run: bool, by: str, **options: object) -> None:  # noqa: ARG002
        try:
            user = acting_user(Permission.MANAGE_PEOPLE, by)
        except PeopleError as error:
            raise CommandError(str(error)) from None
        out = cast(TextIO, self.stdout)
        run_import(file, COMPLETIONS, by=user, now=timezone.now(), is_trial=dry_run, out=out)
