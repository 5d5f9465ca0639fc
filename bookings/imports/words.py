"""What old systems call what became of a booking."""

from enum import StrEnum


class Said(StrEnum):
    """What a row says of a booking. The first two are live, the next three over, the last two ended before."""

    BOOKED = "booked"
    WAITING = "waiting"
    ATTENDED = "attended"
    APOLOGIES = "apologies"
    DID_NOT_ATTEND = "did not attend"
    CANCELLED = "cancelled"
    CANCELLED_LATE = "cancelled late"

    @property
    def is_live(self) -> bool:
        return self in (Said.BOOKED, Said.WAITING)

    @property
    def is_ended(self) -> bool:
        return self in (Said.CANCELLED, Said.CANCELLED_LATE)

    @property
    def holds_a_place(self) -> bool:
        return not self.is_ended and self != Said.WAITING


STATUSES = {
    **{said.value: said for said in Said},
    **dict.fromkeys(("confirmed", "live", "enrolled", "place confirmed", "approved"), Said.BOOKED),
    **dict.fromkeys(("waiting list", "waitlisted", "waitlist", "reserve"), Said.WAITING),
    **dict.fromkeys(("present", "completed", "complete", "passed", "yes", "y"), Said.ATTENDED),
    **dict.fromkeys(("sent apologies", "apology", "sick"), Said.APOLOGIES),
    **dict.fromkeys(("dna", "didn't come", "didn’t come", "absent", "no show", "no-show", "no"), Said.DID_NOT_ATTEND),
    **dict.fromkeys(("canceled", "withdrawn", "cancelled in time", "cancelled by delegate"), Said.CANCELLED),
    **dict.fromkeys(("late cancellation", "late cancel", "cancelled (late)"), Said.CANCELLED_LATE),
}
WHAT = "one of booked, waiting, attended, apologies, did not attend, cancelled, cancelled late"
