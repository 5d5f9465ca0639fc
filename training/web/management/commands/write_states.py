from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from training.web.states import states_page


class Command(BaseCommand):
    help = "Write docs/states.md from the tables of states in the models."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        Path(settings.BASE_DIR, "docs", "states.md").write_text(states_page(), encoding="utf-8")
