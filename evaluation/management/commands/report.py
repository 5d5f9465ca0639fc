"""`report PERIOD --format pdf|xlsx|csv`: a quarter's or a year's report as a file."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evaluation.reports.building import build_report
from evaluation.reports.files import FORMATS, report_bytes
from evaluation.reports.scopes import find_period
from training.people.models import Partnership
from training.web.downloads import safe_filename


class Command(BaseCommand):
    help = "Writes the report of a quarter (2026-Q3) or a financial year (2026-27) to a file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("period", help="2026-Q3 or 2026-27")
        parser.add_argument("--format", choices=sorted(FORMATS), default="pdf")
        parser.add_argument("--output", type=Path, help="where to; by default a file here named after the report")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        partnership, now = Partnership.objects.first(), timezone.now()
        if partnership is None:
            raise CommandError("There is no partnership yet.")
        scope = find_period(options["period"], partnership=partnership, today=timezone.localdate(now))
        if scope is None:
            raise CommandError(
                "That is not a quarter or a year that has begun. Write 2026-Q3 for the third quarter of the financial"
                " year from 2026, or 2026-27 for the whole of it."
            )
        report = build_report(scope, partnership=partnership, now=now)
        target = options["output"] or Path(safe_filename(f"Report {scope.key}", options["format"]))
        try:
            target.write_bytes(report_bytes(report, options["format"]))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{scope.title}: {target}")
