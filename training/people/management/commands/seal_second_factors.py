from django.core.management.base import BaseCommand, CommandError

from training.people.accounts.sealing import seal_all


class Command(BaseCommand):
    help = "Encrypt all second steps with the first of MUSTER_SECOND_FACTOR_KEYS, after a new key was put in front."

    def handle(self, **_options: object) -> None:
        sealed, unreadable = seal_all()
        self.stdout.write(f"{sealed} second steps are encrypted with the first key.")
        if unreadable:
            raise CommandError(
                f"{unreadable} cannot be read with any of the keys: put the missing key back, or take those "
                "second steps away on the people's pages."
            )
