"""The commands behind `make demo`, `make test` and `make shell`: see `python -m training.demo --help`."""

import argparse
import errno
import sys
from pathlib import Path

from training.demo import environment, places, servers, up, with_servers
from training.demo.processes import TroubleError

VAR = environment.ROOT / "var"
# Of what the machine may refuse, this is what somebody at the keyboard can mend.
TOLD = {
    errno.EACCES: "{where} belongs to another user; let them run this, or remove it.",
    errno.EPERM: "{where} belongs to another user; let them run this, or remove it.",
    errno.EROFS: "{where} cannot be written.",
}


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except TroubleError as trouble:
        print(f"\nmuster: {trouble}", file=sys.stderr)
    except OSError as error:
        if error.errno not in TOLD:
            raise
        where = error.filename or options.dir
        print(f"\nmuster: {error.strerror}: {TOLD[error.errno].format(where=where)}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training.demo", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    tests = commands.add_parser("with-servers", help="run a command with PostgreSQL and Redis, then stop them")
    tests.add_argument("--dir", type=Path, default=VAR / "test", help="where their data lies (var/test)")
    tests.add_argument("--migrated", action="store_true", help="let test databases start from a migrated copy")
    tests.add_argument("command", nargs="+", metavar="-- COMMAND")
    tests.set_defaults(run=lambda given: with_servers.run(given.dir.resolve(), given.command, migrated=given.migrated))

    demo = commands.add_parser("up", help="the whole demonstration, until Ctrl-C")
    demo.add_argument("--port", type=_port, default=8000, help="where it listens, on this machine alone (8000)")
    demo.add_argument("--fresh", action="store_true", help="drop what is there and start over")
    demo.add_argument("--dir", type=Path, default=VAR / "demo", help="where everything lies (var/demo)")
    demo.set_defaults(run=lambda given: up.run(given.dir.resolve(), port=given.port, fresh=given.fresh))

    inside = commands.add_parser("run", help="run a command with the demonstration's data, whether it is up or not")
    inside.add_argument("--dir", type=Path, default=VAR / "demo")
    inside.add_argument("command", nargs="+", metavar="-- COMMAND")
    inside.set_defaults(run=lambda given: _run(given.dir.resolve(), given.command))
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


def _run(folder: Path, command: list[str]) -> int:
    values = environment.recall(folder)
    try:
        with places.claimed(folder), servers.running(folder) as started:
            addresses = {"DATABASE_URL": started.database_url, "REDIS_URL": started.redis_url}
            return with_servers.run_command(command, {**values, **addresses})
    except places.TakenError:
        return with_servers.run_command(command, values)


if __name__ == "__main__":
    sys.exit(main())
