"""Who has a place, who waits, what they need, and who was there."""

from bookings.models.access import AccessNeed
from bookings.models.allocation import AgencyAllocation
from bookings.models.also import AlsoThere
from bookings.models.booking import (
    HOLDING_A_PLACE,
    KEPT_TO_THE_END,
    LIVE,
    TRANSITIONS,
    Booking,
    BookingStep,
    Origin,
    Status,
)
from bookings.models.bulletin import Bulletin, BulletinReader, MailChoice, MailKind
from bookings.models.calendar import CalendarEntry
from bookings.models.charge import CHARGE_TRANSITIONS, Charge, ChargeAnswer, ChargeStatus, ChargeStep, Ground, Why
from bookings.models.disruption import DisruptedDate, Notice, Suspension, SuspensionPlace
from bookings.models.feed import CalendarFeed
from bookings.models.incident import Incident
from bookings.models.link import PersonalLink
from bookings.models.logged import PlacesStep
from bookings.models.policy import BookingPolicy, BookingPolicyVersion, Length
from bookings.models.register import Mark, Register, RegisterMark
from bookings.models.rules import CAP_ENDS_BEFORE, CourseRules, DateCap, NextRule
from bookings.models.seats import SeatMail, SeatMailReader
from bookings.models.sheet import SignedSheet
from bookings.models.statement import AgencyAccount, ChargeBatch, Credit, FeeReceipt, Statement
from bookings.models.waiting import Offer, WaitingDecision

__all__ = [
    "CAP_ENDS_BEFORE",
    "CHARGE_TRANSITIONS",
    "HOLDING_A_PLACE",
    "KEPT_TO_THE_END",
    "LIVE",
    "TRANSITIONS",
    "AccessNeed",
    "AgencyAccount",
    "AgencyAllocation",
    "AlsoThere",
    "Booking",
    "BookingPolicy",
    "BookingPolicyVersion",
    "BookingStep",
    "Bulletin",
    "BulletinReader",
    "CalendarEntry",
    "CalendarFeed",
    "Charge",
    "ChargeAnswer",
    "ChargeBatch",
    "ChargeStatus",
    "ChargeStep",
    "CourseRules",
    "Credit",
    "DateCap",
    "DisruptedDate",
    "FeeReceipt",
    "Ground",
    "Incident",
    "Length",
    "MailChoice",
    "MailKind",
    "Mark",
    "NextRule",
    "Notice",
    "Offer",
    "Origin",
    "PersonalLink",
    "PlacesStep",
    "Register",
    "RegisterMark",
    "SeatMail",
    "SeatMailReader",
    "SignedSheet",
    "Statement",
    "Status",
    "Suspension",
    "SuspensionPlace",
    "WaitingDecision",
    "Why",
]
