"""The demonstration itself, as `make demo` runs it: up, asked from another terminal, killed, up again, stopped."""

import http.client
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from tests.demo.processes import demo, descendants, eventually, living, started
from training.demo import places


def test_a_day_with_the_demonstration(folder: Path) -> None:
    folder.mkdir()
    port = places.port(folder, "web")

    with started("up", "--dir", folder, "--port", str(port)) as first:
        said = said_until_ready(first)
        assert f"Muster is ready at http://localhost:{port}" in said
        assert re.search(r"^    coordinator@muster\.example +\S", said, re.MULTILINE), said
        assert re.search(r"^  each with the password  \S+$", said, re.MULTILINE), said
        assert status(port, "/healthz") == 200
        assert eventually(lambda: status(port, "/readyz") == 200, seconds=15), answer(port, "/readyz")
        assert listening_elsewhere(port) == []
        ask = ["sh", "-c", "echo $DATABASE_URL $MUSTER_DEMO"]
        assert demo("run", "--dir", folder, "--", *ask).stdout == f"{settings(folder)['DATABASE_URL']} 1\n"

        pids = descendants(first.pid)
        first.kill()

        assert eventually(lambda: not living(pids), seconds=2), living(pids)

    began = time.monotonic()
    with started("up", "--dir", folder, "--port", str(port)) as second:
        said_until_ready(second)
        assert time.monotonic() - began < 60  # 7 s on two idle cores; while tests run beside it, more
        pids, web = descendants(second.pid), web_servers(second.pid)
        os.kill(min(web), signal.SIGKILL)
        # Its orphaned workers answer for a moment longer: wait for them to be gone and for new ones.
        assert eventually(lambda: not living(web) and status(port, "/healthz") == 200, seconds=20)
        pids |= descendants(second.pid)

        second.send_signal(signal.SIGINT)

        rest, _ = second.communicate(timeout=20)
        assert second.returncode == 0
        assert "The web server was killed (signal 9); starting it again." in rest
        assert rest.endswith("\nStopping …\nStopped.\n")
        assert living(pids) == set()
    for name in ("secret-key", "pairing-key", "password", "environment.json"):
        assert (folder / name).stat().st_mode & 0o077 == 0


def web_servers(pid: int) -> set[int]:
    return {one for one in descendants(pid) if "gunicorn" in Path(f"/proc/{one}/cmdline").read_text()}


def said_until_ready(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if "is ready at" in line:
            break
    else:
        raise AssertionError("".join(lines))
    return "".join(lines)


def settings(folder: Path) -> dict[str, str]:
    values: dict[str, str] = json.loads((folder / "environment.json").read_text())
    return values


def answer(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    except OSError as error:
        return 0, str(error)
    finally:
        connection.close()


def status(port: int, path: str) -> int:
    return answer(port, path)[0]


def listening_elsewhere(port: int) -> list[str]:
    """Addresses other than 127.0.0.1 at which something listens on the port, as /proc/net/tcp and tcp6 spell them."""
    found = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            address, state = row.split()[1], row.split()[3]
            if state == "0A" and int(address.rpartition(":")[2], 16) == port and not address.startswith("0100007F"):
                found.append(address)
    return found
