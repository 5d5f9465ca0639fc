"""Asking a server from several connections at once, and what that took."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

CLIENTS = 8


@dataclass(frozen=True)
class Timing:
    """Requests a second over all connections; median and 95th percentile of one request, in milliseconds."""

    rate: float
    median_ms: float
    p95_ms: float


class Connection:
    """One browser: keeps its connection and its cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies = {"sessionid": session} if session else {}
        self.token = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: str) -> str:
        return self._ask("POST", path, fields)

    def _ask(self, method: str, path: str, body: str | None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()), "Host": "localhost"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._http.request(method, path, body, headers)
        response = self._http.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, worth = value.split(";")[0].partition("=")
                self._cookies[cookie] = worth
        text = response.read().decode()
        if response.status >= (300 if method == "GET" else 400):
            raise RuntimeError(f"{method} {path}: {response.status}")
        return text


def timed(jobs: Sequence[Callable[[], object]], clients: int = CLIENTS) -> Timing:
    """Do all jobs, each client taking the next one, and time each."""
    left, lock = iter(jobs), threading.Lock()
    taken: list[float] = []
    failures: list[BaseException] = []

    def work() -> None:
        while not failures:
            with lock:
                job = next(left, None)
            if job is None:
                return
            began = time.perf_counter()
            try:
                job()
            except BaseException as error:
                failures.append(error)
                return
            taken.append(time.perf_counter() - began)

    began = time.perf_counter()
    run_threads([work] * clients)
    elapsed = time.perf_counter() - began
    if failures:
        raise failures[0]
    in_order = sorted(taken)
    return Timing(
        len(taken) / elapsed, 1000 * statistics.median(in_order), 1000 * in_order[int(len(in_order) * 0.95) - 1]
    )


def run_threads(functions: Iterable[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
