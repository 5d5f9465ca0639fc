"""How the tests are run: who runs what, and that none reaches another machine."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.scheduling import group_of

ELSEWHERE = ("192.0.2.1", 9)  # reserved for documentation: nobody is there


def test_tests_that_share_a_demonstration_run_together() -> None:
    tests = [
        "tests/journeys/test_homes.py::test_home_of[pdl]",
        "tests/journeys/test_register.py::test_trainer",
        "tests/demo/test_up.py::test_a_day",
        "tests/demo_data/test_demo.py::test_counts",
        "tests/bookings/test_leave.py::test_one",
        "tests/bookings/test_leave.py::test_two",
    ]

    assert [group_of(one) for one in tests] == ["journeys"] * 2 + ["demonstration"] * 2 + tests[4:]


def test_another_machine_is_out_of_reach() -> None:
    with pytest.raises(SocketConnectBlockedError), socket.socket() as one:
        one.connect(ELSEWHERE)
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(ELSEWHERE, timeout=1)


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
