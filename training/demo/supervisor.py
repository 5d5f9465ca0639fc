"""Keeps programs running until somebody says stop: one that dies is started again, one that keeps dying ends all."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from training.demo.processes import Program, TroubleError, end, full_disk, tail

DEATHS_ALLOWED = 4
WITHIN_SECONDS = 60.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0

Start = Callable[[], "subprocess.Popen[bytes]"]


@dataclass
class Child:
    """A program with its deaths. `start` returns when it may be used; by default that is at once."""

    program: Program
    start: Start
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)
    start_again_at: float = 0.0

    def bury(self) -> str:
        """How the process ended, or nothing if it lives; whatever it had started ends too."""
        if self.process is None or (code := self.process.poll()) is None:
            return ""
        self.end(patience=0)
        return f"was killed (signal {-code})" if code < 0 else f"ended (code {code})"

    def tell_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.program.stop)

    def end(self, patience: float) -> None:
        """Returns when it and all that it started are gone. Told already, it is not told again: twice means "hurry"."""
        if self.process is not None:
            end(self.process, None, patience=patience)
            self.process = None

    def note_death(self, now: float, first_pause: float) -> None:
        """Plans the next start, or raises TroubleError when there were too many."""
        self.deaths = [moment for moment in self.deaths if now - moment < WITHIN_SECONDS] + [now]
        if len(self.deaths) > DEATHS_ALLOWED:
            raise self.last_words()
        self.start_again_at = now + min(first_pause * 2 ** (len(self.deaths) - 1), LONGEST_PAUSE)

    def last_words(self) -> TroubleError:
        lines = tail(self.program.log)
        if any("No space left on device" in line for line in lines[-50:]):
            return full_disk(self.program.log.parent)
        return TroubleError(
            f"{self.program.name} ended {len(self.deaths)} times within a minute, so everything was stopped. "
            f"Its last words: {lines[-1].strip() if lines else 'none'} (More in {self.program.log}.)"
        )


class Supervisor:
    """Children are started in the order in which they were added."""

    def __init__(self, say: Callable[[str], None], *, first_pause: float = FIRST_PAUSE) -> None:
        self.children: list[Child] = []
        self.say = say
        self.first_pause = first_pause

    def start(self, program: Program, start: Start | None = None) -> None:
        child = Child(program, start or program.start)
        self.children.append(child)
        child.process = child.start()

    def watch(self, *, seconds: float | None = None, until: Callable[[], bool] = lambda: False) -> bool:
        """Mend what dies, until `until` is true (then True) or the time is up. Raises TroubleError when it cannot."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while deadline is None or time.monotonic() < deadline:
            if until():
                return True
            for child in self.children:
                self._mend(child)
            time.sleep(0.1)
        return False

    def _mend(self, child: Child) -> None:
        now = time.monotonic()
        if how := child.bury():
            child.note_death(now, self.first_pause)
            self.say(f"{child.program.name} {how}; starting it again.")
        elif child.process is None and now >= child.start_again_at:
            try:
                child.process = child.start()
            except TroubleError:
                child.note_death(now, self.first_pause)

    def stop(self, *, patience: float = 10.0) -> None:
        """All of them; those that others stand on (`is_server`) once the others are gone."""
        for servers in (False, True):
            ending = [
                child for child in reversed(self.children) if child.program.is_server is servers and child.process
            ]
            for child in ending:
                child.tell_to_stop()
            for child in ending:
                child.end(patience)
        self.children.clear()
