"""A real PostgreSQL and a Redis-compatible server for the demonstration and the tests, on loopback only."""

import contextlib
import errno
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from training.demo import binaries, places
from training.demo.processes import (
    Program,
    TroubleError,
    as_nobody,
    end,
    explain,
    full_disk,
    log_size,
    open_log,
    plain_environment,
    stop_all,
    wait_until,
)

DATABASE = "muster"
READY_SECONDS = 60.0
# What a crash of the machine may cost the tests is their database, which is made anew.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=250")


@dataclass(frozen=True)
class Servers:
    """Both programs, ready to start, and the addresses they will answer at."""

    data: Path
    postgres: Program
    redis: Program
    database_url: str
    redis_url: str


@contextlib.contextmanager
def running(folder: Path, *, careless: bool = False) -> Iterator[Servers]:
    """Both servers, up and answering, for the time of the block; the caller holds the folder's lock.

    `careless` is for tests: nothing waits for the disk, and data that will not start is made anew.
    """
    servers = prepare(folder, careless=careless)
    try:
        postgres = start_postgres(servers)
    except TroubleError:
        if not careless:
            raise
        shutil.rmtree(servers.data)
        servers = prepare(folder, careless=careless)
        postgres = start_postgres(servers)
    started = [(servers.postgres, postgres)]
    try:
        started.insert(0, (servers.redis, start_redis(servers)))
        yield servers
    finally:
        stop_all(started)


def prepare(folder: Path, *, careless: bool = False) -> Servers:
    """Make what the folder lacks of data, password and ports. Starts nothing."""
    try:
        return _prepare(folder, careless=careless)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise full_disk(folder) from error
        raise TroubleError(f"{error.strerror}: {error.filename}.") from error


def _prepare(folder: Path, *, careless: bool) -> Servers:
    home = places.data_home(folder)
    data = home / "postgres"
    programs = binaries.runnable_postgres(home)
    if data.exists() and (why := _why_unusable(folder, data, binaries.major_version(programs))):
        if not careless:
            raise TroubleError(f"{why}: start over with FRESH=1.")
        shutil.rmtree(data)
    password = places.secret(folder, "password")
    if not data.exists():
        _make_cluster(programs, data, password, log=folder / "logs" / "postgres.log")
    postgres_port, redis_port = places.port(folder, "postgres"), places.port(folder, "redis")
    return Servers(
        data=data,
        postgres=_postgres(
            programs, data, postgres_port, folder / "logs" / "postgres.log", CARELESS if careless else ()
        ),
        redis=_redis(binaries.runnable_redis(home), redis_port, folder / "logs" / "redis.log", password),
        database_url=f"postgres://{DATABASE}:{password}@127.0.0.1:{postgres_port}/{DATABASE}",
        redis_url=f"redis://:{password}@127.0.0.1:{redis_port}/0",
    )


def _postgres(programs: Path, data: Path, port: int, log: Path, more: tuple[str, ...]) -> Program:
    settings = (f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *more)
    return Program(
        name="PostgreSQL",
        command=[str(programs / "postgres"), "-D", str(data), *(word for each in settings for word in ("-c", each))],
        log=log,
        environment=plain_environment(),
        stop=signal.SIGINT,  # "fast": open transactions are rolled back
        orphaned=signal.SIGQUIT,  # "immediate": a checkpoint may take long; the next start recovers
        is_server=True,
    )


def _redis(program: Path, port: int, log: Path, password: str) -> Program:
    """Its settings go in by standard input: a password on the command line can be seen by all.

    It keeps nothing on disk: what waits in the queue is in the outbox table too, whose sweep queues it again.
    """
    settings = f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndaemonize no\n'
    return Program(
        name="Redis",
        command=[str(program), "-"],
        log=log,
        environment=plain_environment(),
        is_server=True,
        standard_input=settings.encode(),
    )


def _make_cluster(programs: Path, data: Path, password: str, *, log: Path) -> None:
    """`initdb`, into a draft that takes its name when it is whole: an interrupted one leaves nothing to mend."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    places.give_to_nobody(draft)
    said = data.with_name("password.initdb")
    places.write_private(said, password)
    places.give_to_nobody(said)
    command = [str(programs / "initdb"), "-D", str(draft / "cluster"), "-U", DATABASE, f"--pwfile={said}"]
    start = log_size(log)
    try:
        with open_log(log) as output:
            done = subprocess.run(
                [*command, "--auth=scram-sha-256", "--encoding=UTF8", *_locale(programs), "--no-sync"],
                cwd="/",
                env=plain_environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                **as_nobody(),
            )
    finally:
        said.unlink()
    if done.returncode:
        raise explain("PostgreSQL", log, start)
    (draft / "cluster").replace(data)
    draft.rmdir()


def _locale(programs: Path) -> tuple[str, ...]:
    """The built-in one depends on nothing that the machine has; it came with version 17."""
    builtin = ("--locale-provider=builtin",) if binaries.major_version(programs) >= 17 else ()
    return (*builtin, "--locale=C.UTF-8")


def _why_unusable(folder: Path, data: Path, version: int) -> str:
    if not (folder / "password").exists():
        return f"The password of the data in {data} is lost"
    if (data / "PG_VERSION").read_text().strip() != str(version):
        return f"The data in {data} is of another version of PostgreSQL"
    return ""


def start_postgres(servers: Servers) -> "subprocess.Popen[bytes]":
    """Started, answering, and with our database in it."""
    clear_stale_pid(servers.data)
    return _start(servers.postgres, lambda: _has_database(servers.database_url))


def start_redis(servers: Servers) -> "subprocess.Popen[bytes]":
    return _start(servers.redis, lambda: pongs(servers.redis_url))


def _start(program: Program, is_ready: Callable[[], bool]) -> "subprocess.Popen[bytes]":
    start = log_size(program.log)
    process = program.start()
    try:
        if wait_until(is_ready, seconds=READY_SECONDS, alive=lambda: process.poll() is None):
            return process
    except BaseException:
        end(process, program.stop, patience=5)
        raise
    end(process, program.stop, patience=5)
    raise explain(program.name, program.log, start)


def _has_database(url: str) -> bool:
    """True when it answers; makes the database if it is not there."""
    try:
        with psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True, connect_timeout=2) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not found:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def pongs(url: str) -> bool:
    """Whether Redis answers and takes the password; said in its own protocol, before any client is imported."""
    address = urlsplit(url)
    try:
        with socket.create_connection((address.hostname, address.port), timeout=2) as connection:
            connection.sendall(f"AUTH {address.password}\r\nPING\r\n".encode())
            return connection.makefile("rb").readlines(6) == [b"+OK\r\n", b"+PONG\r\n"]
    except OSError:
        return False


def clear_stale_pid(data: Path) -> None:
    """PostgreSQL will not start while its pid file names a living process of its user, whatever that process is.

    We hold the folder's lock, so a PostgreSQL of ours can only be one that is on its way out.
    """
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    wait_until(lambda: not _serves(pid, data), seconds=10, alive=lambda: True)
    if _serves(pid, data):
        os.kill(pid, signal.SIGQUIT)
        wait_until(lambda: not _serves(pid, data), seconds=5, alive=lambda: True)
    pid_file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Whether the process is a PostgreSQL with this data; without /proc, whether it lives at all."""
    if not Path("/proc/self").exists():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, 0)
            return True
        return False
    with contextlib.suppress(OSError):
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return False
