"""This app's share of the demonstration partnership: organisations, people, who holds which role, what waits."""

from training.config.parts import Demo
from training.people.demo.agencies import found_partnership
from training.people.demo.cast import cast_roles
from training.people.demo.headcounts import return_headcounts
from training.people.demo.staff import hire_everybody
from training.people.demo.waiting import let_newcomers_arrive


def load_demo(demo: Demo) -> None:
    found_partnership(demo)
    hire_everybody(demo)
    cast_roles(demo)
    return_headcounts(demo)
    let_newcomers_arrive(demo)


__all__ = ["load_demo"]
