import argparse

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.people.actions.setting_up import set_up
from training.people.errors import PeopleError


class Command(BaseCommand):
    help = "Begin an installation: the partnership's name, and the first administrator, who has signed up already."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", help="such as 'Bankside Safeguarding Partnership'")
        parser.add_argument("address", help="the e-mail address that the administrator signed up with")

    def handle(self, *, name: str, address: str, **_options: object) -> None:
        try:
            partnership, administrator = set_up(name=name, address=address, now=timezone.now())
        except PeopleError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{administrator.name} is administrator of {partnership.name}.")
