"""The licensed platform's list of completions, read in by e-learning and written down on the enrolments here."""

from bookings.own_time import finish_enrolments
from training.elearning.imports import NEEDS, apply_completions, plan_completions
from training.web.importing import Kind, PlannedLine, Sitting


def apply_and_finish(lines: list[PlannedLine], sitting: Sitting) -> None:
    kept = apply_completions(lines, sitting)
    finish_enrolments(person_ids={one.person_id for one in kept if one.person_id}, by=sitting.by, now=sitting.now)


COMPLETIONS = (Kind("completions", NEEDS, plan_completions, apply_and_finish),)
