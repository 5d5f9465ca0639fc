"""This app's share of the demonstration partnership: who booked what since 2019, who came, who waits."""

from bookings.demo.attending import take_registers
from bookings.demo.booking import book_everybody
from bookings.demo.bulletins import write_bulletins
from bookings.demo.calendars import invite_everybody
from bookings.demo.places import give_places
from bookings.demo.stories import cast_dates, tell_stories
from bookings.demo.suspension import count_the_suspended, suspend_the_rooms
from bookings.demo.wanting import ask_for_a_date
from training.catalogue.demo_closed import close_a_date
from training.config.parts import Demo
from training.elearning.demo import leave_to_settle
from training.record.demo import bring_up_to_date, write_refresher_rules
from training.record.demo_filing import file_returns


def load_demo(demo: Demo) -> None:
    write_refresher_rules(demo)
    suspend_the_rooms(demo)
    cast_dates(demo)
    bookings = book_everybody(demo)
    count_the_suspended(demo, bookings)
    invite_everybody(demo, bookings)
    take_registers(demo, bookings)
    bring_up_to_date(demo)
    tell_stories(demo)
    give_places(demo)
    ask_for_a_date(demo)
    leave_to_settle(demo)
    file_returns(demo)
    close_a_date(demo)
    write_bulletins(demo)


__all__ = ["load_demo"]
