import argparse

import pghistory
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.people.actions.rescuing import rescue_administrator
from training.people.errors import PeopleError


class Command(BaseCommand):
    help = (
        "For the only administrator, who lost their phone and recovery codes, or left: take the second step of this "
        "login away, end its sessions, and make its person administrator if they are none. They are told by e-mail."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("address", help="the e-mail address that they sign in with")
        parser.add_argument("--reason", required=True, help="why, who asked, and how you know that it is them")

    def handle(self, *, address: str, reason: str, **_options: object) -> None:
        try:
            with pghistory.context(page="command:rescue_administrator"):
                done = rescue_administrator(address=address, reason=reason, now=timezone.now())
        except PeopleError as error:
            raise CommandError(str(error)) from None
        step = "had" if done.lost_second_step else "had no"
        self.stdout.write(f"{done.person.name} {step} second step, and signs in without one now.")
        self.stdout.write(f"They {'are now' if done.became_administrator else 'were already'} an administrator.")
