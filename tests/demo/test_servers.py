import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
import redis

from tests.demo.processes import ROOT, demo, descendants, environment, eventually, living, started
from training.demo import binaries, places, servers
from training.demo.processes import as_nobody, end

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another user")
ASK = """
import os, psycopg
from training.demo.servers import pongs
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    print("PostgreSQL", connection.execute("SELECT upper('łódź')").fetchone()[0])
print("Redis", pongs(os.environ["REDIS_URL"]))
"""


def test_servers_answer_and_leave_nothing_behind(folder: Path) -> None:
    with places.claimed(folder), servers.running(folder) as up:
        pids = descendants(os.getpid())
        with psycopg.connect(up.database_url) as connection:
            collation = connection.execute("SELECT datlocprovider FROM pg_database WHERE datname = 'muster'").fetchone()
        pong = redis.Redis.from_url(up.redis_url).ping()

    assert collation in [("b",), ("c",)]
    assert pong is True
    assert living(pids) == set()


def test_servers_refuse_whoever_has_no_password(folder: Path) -> None:
    with places.claimed(folder), servers.running(folder) as up:
        open_postgres = up.database_url.replace(places.secret(folder, "password"), "guessed")
        open_redis = up.redis_url.replace(places.secret(folder, "password"), "guessed")

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(open_postgres)
        with pytest.raises(redis.exceptions.AuthenticationError):
            redis.Redis.from_url(open_redis).ping()


def test_the_password_is_seen_by_nobody_else(folder: Path) -> None:
    with places.claimed(folder), servers.running(folder):
        commands = [Path(f"/proc/{pid}/cmdline").read_text() for pid in living(descendants(os.getpid()))]

    password = places.secret(folder, "password")
    assert [command for command in commands if password in command] == []
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600


def test_servers_start_as_an_ordinary_user() -> None:
    if os.geteuid() != 0:
        pytest.skip("we are an ordinary user: every other test here shows it")
    python = _python_for_nobody()
    home = Path(
        subprocess.run(["mktemp", "-d"], **as_nobody(), capture_output=True, text=True, check=True).stdout.strip()
    )
    command = [python, "-m", "training.demo", "with-servers", "--dir", home / "test", "--", python, "-c", ASK]

    done = subprocess.run(
        command, cwd=ROOT, env=environment(PYTHONPATH=_packages()), capture_output=True, text=True, **as_nobody()
    )

    shutil.rmtree(home)
    assert (done.stdout, done.returncode) == ("PostgreSQL ŁÓDŹ\nRedis True\n", 0), done.stderr


def _packages() -> str:
    return str(Path(psycopg.__file__).parent.parent)


def _python_for_nobody() -> str:
    """Ours may lie in root's home; any of the same version will do."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        try:
            subprocess.run(
                [python, "-c", "import training.demo.servers"],
                cwd=ROOT,
                env={"PYTHONPATH": _packages()},
                check=True,
                capture_output=True,
                **as_nobody(),
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip(f"NOT CHECKED: no Python {version} here that an ordinary user can run")


@as_root
def test_data_lies_elsewhere_where_others_cannot_go(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    folder = tmp_path / "demo"

    done = demo("with-servers", "--dir", folder, "--", sys.executable, "-c", ASK)

    elsewhere = Path((folder / "elsewhere").read_text().strip())
    assert (done.stdout, done.returncode) == ("PostgreSQL ŁÓDŹ\nRedis True\n", 0), done.stderr
    assert (elsewhere / "postgres" / "PG_VERSION").exists()
    assert not (folder / "postgres").exists()

    places.drop(folder)

    assert not elsewhere.exists()
    assert list(folder.iterdir()) == []


@as_root
def test_programs_are_copied_where_others_cannot_read_them(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = binaries.postgres_binaries()
    hidden = tmp_path / original.parent.parent.name
    shutil.copytree(original.parent, hidden / original.parent.name, symlinks=True)
    libraries = original.parent.parent.with_name(f"{original.parent.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, hidden.with_name(libraries.name))
    tmp_path.chmod(0o700)
    monkeypatch.setenv("MUSTER_POSTGRES_BIN", str(hidden / original.parent.name / original.name))
    folder.mkdir()

    copy = binaries.runnable_postgres(folder)

    assert copy.is_relative_to(folder)
    done = subprocess.run([copy / "initdb", "--version"], cwd="/", capture_output=True, text=True, **as_nobody())
    assert done.stdout.startswith("initdb (PostgreSQL)"), done.stderr


def test_killed_outright_leaves_nothing_running(folder: Path) -> None:
    with started("with-servers", "--dir", folder, "--", "sh", "-c", "echo up; exec sleep 60") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        pids = descendants(process.pid)
        assert len(pids) > 4

        process.send_signal(signal.SIGKILL)

        assert eventually(lambda: not living(pids), seconds=2.0), living(pids)

    assert demo("with-servers", "--dir", folder, "--", "true").returncode == 0


def test_a_stale_pid_file_that_names_a_living_process_does_not_matter(folder: Path) -> None:
    with places.claimed(folder):
        ready = servers.prepare(folder)
        bystander = subprocess.Popen(["sleep", "60"], **as_nobody())
        (ready.data / "postmaster.pid").write_text(f"{bystander.pid}\n{ready.data}\n1700000000\n5432\n\n\n")
        try:
            end(servers.start_postgres(ready), signal.SIGINT, patience=5)
            assert bystander.poll() is None
        finally:
            bystander.kill()
            bystander.wait()


def test_an_interrupted_first_start_heals(folder: Path) -> None:
    with places.claimed(folder):
        (folder / "postgres.new" / "cluster").mkdir(parents=True)
        (folder / "postgres.new" / "cluster" / "PG_VERSION").write_text("18\n")

        with servers.running(folder) as up, psycopg.connect(up.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_broken_test_data_is_made_anew(folder: Path) -> None:
    with places.claimed(folder):
        ready = servers.prepare(folder, careless=True)
        (ready.data / "global" / "pg_control").write_bytes(b"")

        with servers.running(folder, careless=True) as up, psycopg.connect(up.database_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_two_test_runs_at_once_take_two_folders(folder: Path) -> None:
    with places.first_free(folder) as first, places.first_free(folder) as second:
        assert (first, second) == (folder, folder.with_name("demo-2"))


def test_a_command_gets_its_exit_code_through(folder: Path) -> None:
    done = demo("with-servers", "--dir", folder, "--", "sh", "-c", "exit 7")

    assert done.returncode == 7


def test_servers_that_are_given_are_used(folder: Path) -> None:
    given = {"DATABASE_URL": "postgres://somewhere/else", "REDIS_URL": "redis://somewhere/0"}

    done = demo("with-servers", "--dir", folder, "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL", **given)

    assert done.stdout == "postgres://somewhere/else redis://somewhere/0\n"
    assert not folder.exists()
