"""The demonstration, from nothing to an address that answers: what `make demo` runs."""

import errno
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from training.demo import environment, places, servers
from training.demo.environment import PYTHON, ROOT
from training.demo.processes import (
    Program,
    TroubleError,
    end,
    explain,
    full_disk,
    launch,
    log_size,
    open_log,
    wait_until,
)
from training.demo.quiet import TOLD_IN_LOG
from training.demo.supervisor import Supervisor

MANAGE = (PYTHON, "manage.py")
WEB_SECONDS = 60.0


class Stop(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM, the terminal closed."""


def say(line: str) -> None:
    print(line, flush=True)


def run(folder: Path, *, port: int, fresh: bool) -> int:
    """Comes back with 0 when it was asked to stop; raises TroubleError when it could not go on."""
    began = time.monotonic()
    address = f"http://localhost:{port}"
    _stop_on_signals()
    supervisor = Supervisor(say)
    try:
        with ExitStack() as held:
            held.enter_context(places.claimed(folder, note=address))
            held.callback(_stop, supervisor)
            _check_port(port)
            if fresh:
                _start_over(folder)
            _bring_up(supervisor, folder, port)
            say(f"\n  Muster is ready at {address}  ({time.monotonic() - began:.0f} s; Ctrl-C stops it)\n")
            supervisor.watch()
    except (Stop, KeyboardInterrupt):
        say("Stopped.")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise full_disk(folder) from error
    return 0


def _bring_up(supervisor: Supervisor, folder: Path, port: int) -> None:
    values = _start_servers(supervisor, folder, port)
    environment.remember(folder, values)
    told = environment.of_children(values)
    with _step("Collecting the static files", ["collectstatic", "--noinput", "-v0"], folder, told):
        with _step("Bringing the tables up to date", ["migrate", "-v1"], folder, told):
            pass
        _load(folder / "logs" / "load.log", told)
    web = _web(folder, port, told)
    supervisor.start(web)
    supervisor.start(_celery("worker", folder, told, "worker", "--without-gossip", "--without-mingle", "-c2"))
    schedule = str(folder / "beat-schedule")
    supervisor.start(_celery("clock", folder, told, "beat", "--pidfile=", f"--schedule={schedule}"))
    accounts = _accounts(told)
    if not supervisor.watch(seconds=WEB_SECONDS, until=lambda: answers(port)):
        raise explain("The web server", web.log)
    say(accounts)


def _start_servers(supervisor: Supervisor, folder: Path, port: int) -> dict[str, str]:
    """The settings; with DATABASE_URL and REDIS_URL both given, those are used and nothing is started."""
    given = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if given[0] and given[1]:
        return environment.settings(folder, port=port, database_url=given[0], redis_url=given[1])
    say("Starting PostgreSQL and Redis …")
    ready = servers.prepare(folder)
    supervisor.start(ready.postgres, lambda: servers.start_postgres(ready))
    supervisor.start(ready.redis, lambda: servers.start_redis(ready))
    return environment.settings(folder, port=port, database_url=ready.database_url, redis_url=ready.redis_url)


def _web(folder: Path, port: int, told: Mapping[str, str]) -> Program:
    """Loopback only: the demonstration's password is no secret."""
    options = ["--workers=2", "--worker-class=gthread", "--threads=4", "--graceful-timeout=1", "--no-control-socket"]
    return Program(
        name="The web server",
        command=[PYTHON, "-m", "gunicorn", "training.config.wsgi", f"--bind=127.0.0.1:{port}", *options],
        log=folder / "logs" / "web.log",
        environment=told,
        orphaned=signal.SIGINT,
        cwd=ROOT,
    )


def _celery(name: str, folder: Path, told: Mapping[str, str], *arguments: str) -> Program:
    """Orphaned, they are killed: what a worker was doing is delivered again by the outbox's sweep."""
    return Program(
        name=f"The {name}",
        command=[PYTHON, "-m", "celery", "-A", "training.config", *arguments, "--loglevel=INFO"],
        log=folder / "logs" / f"{name}.log",
        environment=told,
        orphaned=signal.SIGKILL,
        cwd=ROOT,
    )


@contextmanager
def _step(name: str, command: list[str], folder: Path, told: Mapping[str, str]) -> Iterator[None]:
    """A management command that runs beside the block and has to succeed by the end of it."""
    say(f"{name} …")
    log = folder / "logs" / f"{command[0]}.log"
    start = log_size(log)
    with open_log(log) as output:
        process = _run([*MANAGE, *command], told, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield
        process.wait()
    finally:
        end(process, signal.SIGTERM, patience=2)
    if process.returncode:
        raise explain(name, log, start)


def _load(log: Path, told: Mapping[str, str]) -> None:
    """The partnership's data; the command says what it does, with a progress bar, and knows when it is done already."""
    start = log_size(log)
    process = _run([PYTHON, "-m", "training.demo.quiet", str(log), "demo"], told)
    try:
        process.wait()
    finally:
        end(process, signal.SIGTERM, patience=2)
    if process.returncode == TOLD_IN_LOG:
        raise explain("Loading the partnership's data", log, start)
    if process.returncode:
        raise TroubleError("The partnership's data was not loaded: the reason stands above. FRESH=1 starts over.")


def _accounts(told: Mapping[str, str]) -> str:
    """As `manage.py demo --accounts` prints them: a line "password<TAB>…", then lines "address<TAB>who it is"."""
    process = _run([*MANAGE, "demo", "--accounts"], told, stdout=subprocess.PIPE)
    printed = process.communicate()[0].decode()
    if process.returncode:
        raise TroubleError("The accounts could not be listed: the reason stands above.")
    pairs = [line.split("\t", 1) for line in printed.splitlines() if "\t" in line]
    width = max((len(address) for address, _ in pairs), default=0)
    rows = [f"    {address:{width}}  {who}" for address, who in pairs[1:]]
    return "\n".join(["\n  Sign in as", *rows, f"  each with the password  {pairs[0][1]}"] if pairs else [])


def _run(command: list[str], told: Mapping[str, str], **more: Any) -> "subprocess.Popen[bytes]":
    """In a session of its own: Ctrl-C is for the supervisor alone."""
    alone = {"stdin": subprocess.DEVNULL, "start_new_session": True}
    return launch(command, orphaned=signal.SIGKILL, cwd=ROOT, env=told, **alone, **more)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _check_port(port: int) -> None:
    """Waits a little: the last copy's web server may be on its way out."""
    if wait_until(lambda: places.is_free(port), seconds=3, alive=lambda: True):
        return
    other = next(number for number in range(port + 1, port + 1000) if places.is_free(number))
    raise TroubleError(
        f"Port {port} is taken by another program: stop that, or choose a port with make demo PORT={other}."
    )


def _start_over(folder: Path) -> None:
    say("Starting over: everything in the demonstration is dropped …")
    servers.clear_stale_pid(places.data_home(folder) / "postgres")
    places.drop(folder)


def _stop_on_signals() -> None:
    def stop(*_: object) -> None:
        raise Stop

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, stop)


def _stop(supervisor: Supervisor) -> None:
    """A second Ctrl-C, from somebody in a hurry, kills what is left."""
    if supervisor.children:
        say("\nStopping …")
    try:
        supervisor.stop()
    except Stop:
        supervisor.stop(patience=0)
