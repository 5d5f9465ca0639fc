"""This app's share of the demonstration partnership: who was asked, what they answered, what stories it tells."""

from evaluation.actions.assessing import assess_settled_quarter
from evaluation.demo.answers import answer_for_everybody
from evaluation.demo.evidence import load_evidence
from evaluation.demo.invitations import ask_everybody
from evaluation.demo.managers import ask_the_managers
from evaluation.demo.stories import cast_stories, raise_a_concern
from training.config.parts import Demo


def load_demo(demo: Demo) -> None:
    cast_stories(demo)
    asked = ask_everybody(demo)
    answer_for_everybody(demo, asked)
    ask_the_managers(demo, asked)
    raise_a_concern(demo)
    load_evidence(demo)
    assess_settled_quarter(now=demo.now)


__all__ = ["load_demo"]
