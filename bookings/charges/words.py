"""What pages and messages say about charges."""

from bookings.models import Charge, ChargeStatus, Ground

NOT_DUE = {
    "called_off": "We cancelled the date.",
    "promoted_late": "They were given the place after cancelling had stopped being free.",
    "refilled": "Somebody else took the place.",
    "exempt_agency": "Their organisation is never charged.",
    "exempt_person": "They are not charged, because of what they work as.",
    "exempt_role": "They are not charged, because of their role in the partnership.",
    "exempt_course": "This course is not charged for.",
    "no_organisation": "The booking names no organisation.",
    "register_corrected": "The register was put right: they were there, or sent apologies.",
}
COLOURS = {
    ChargeStatus.ASKED: "yellow",
    ChargeStatus.CHARGED: "blue",
    ChargeStatus.BILLED: "purple",
    ChargeStatus.DISPUTED: "red",
    ChargeStatus.CREDITED: "green",
    ChargeStatus.WAIVED: "green",
}
STEP_TITLES = {
    "found": "Found",
    "charged": "Decided: to be charged",
    "waived": "Charge cancelled",
    "not_due": "Not charged",
    "billed": "Put on a statement",
    "disputed": "Disputed",
    "upheld": "Dispute upheld",
    "refused": "Dispute refused: the charge stands",
    "register_corrected": "The register was put right",
}
# What somebody is told by a message or on a page opened without signing in.
MISSED_WORDS = {
    Ground.DID_NOT_COME: "did not come",
    Ground.CANCELLED_LATE: "cancelled after that had stopped being free",
}


def colour(charge: Charge) -> str:
    return COLOURS.get(ChargeStatus(charge.status), "grey")


def why_not_words(charge: Charge) -> str:
    return NOT_DUE.get(charge.why_not, "")
