"""A management command whose traceback, if it comes to one, goes to a log: the terminal gets a sentence from `up`."""

import sys
import traceback
from pathlib import Path

from django.core.management import execute_from_command_line

TOLD_IN_LOG = 3  # exit code


def manage(log: Path, arguments: list[str]) -> int:
    """The exit code. The command's own words, its progress bar and what it refuses stay on the terminal."""
    try:
        execute_from_command_line(["manage.py", *arguments])
    except Exception:
        with log.open("a") as file:
            traceback.print_exc(file=file)
        return TOLD_IN_LOG
    return 0


if __name__ == "__main__":
    sys.exit(manage(Path(sys.argv[1]), sys.argv[2:]))
