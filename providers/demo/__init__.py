"""This app's share of the demonstration: who is contracted, and the catalogue, read in from the lists."""

from providers.demo.contracts import contract_everybody
from providers.demo.dates import open_this_year, read_history
from providers.demo.orders import order_trainers
from providers.demo.quality import judge_providers
from providers.demo.stories import tell_stories
from training.catalogue.demo import ask_things_first, hand_out_materials, look_after_courses
from training.catalogue.demo_orders import order_for_dates
from training.config.parts import Demo
from training.programme.demo import plan_demo


def load_demo(demo: Demo) -> None:
    contract_everybody(demo)
    read_history(demo)
    ask_things_first(demo)
    plan_demo(demo)  # the programme's own, which needs the courses
    open_this_year(demo)
    order_trainers(demo)
    order_for_dates(demo)
    tell_stories(demo)
    hand_out_materials(demo)
    look_after_courses(demo)
    judge_providers(demo)


__all__ = ["load_demo"]
