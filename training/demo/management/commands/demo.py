import datetime
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from training.demo.partnership import loading
from training.demo.partnership.partnership import PASSWORD


class Command(BaseCommand):
    help = "Load the demonstration partnership into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--today", type=day, help="the day that everything current is built around (2026-05-11)")
        parser.add_argument("--accounts", action="store_true", help="only print the password and the accounts to try")
        parser.add_argument("--fresh", action="store_true", help="drop a demonstration that is loaded and start over")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["accounts"]:
                self._print_accounts()
            else:
                self._load(options["today"], fresh=options["fresh"])
        except loading.DemoError as error:
            raise CommandError(str(error)) from None

    def _load(self, today: datetime.date | None, *, fresh: bool) -> None:
        if fresh:
            loading.start_over()
        already = loading.loaded()
        if already:
            self._say_loaded(already.today, today)
            return
        began = time.monotonic()
        load = loading.load(today or timezone.localdate())
        took = time.monotonic() - began
        self.stdout.write(f"The demonstration partnership is loaded as of {load.today:%-d %B %Y} ({took:.1f} s).")

    def _say_loaded(self, kept: datetime.date, asked: datetime.date | None) -> None:
        sentence = f"The demonstration partnership is loaded already, as of {kept:%-d %B %Y}."
        if asked and asked != kept:
            sentence += f" It stays so; --fresh builds it anew as of {asked:%-d %B %Y}."
        self.stdout.write(sentence)

    def _print_accounts(self) -> None:
        """For the supervisor of `make demo` too, which reads these lines."""
        if loading.loaded() is None:
            raise CommandError("The demonstration is not loaded yet: run this command without --accounts first.")
        self.stdout.write(f"password\t{PASSWORD}")
        for address, who in loading.accounts():
            self.stdout.write(f"{address}\t{who}")


def day(text: str) -> datetime.date:
    """What `--today` is given; argparse makes "invalid day value" of its name and the ValueError."""
    return datetime.date.fromisoformat(text)
