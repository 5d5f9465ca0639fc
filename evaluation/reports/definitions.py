"""What each figure means, word for word, as first written: a data migration makes rows of them."""

import datetime
from typing import Any

SINCE = datetime.date(2026, 4, 1)
ALIKE = (
    "Answers of fewer people than the partnership’s threshold (five, unless it set another) are hidden, also where"
    " they could be worked out from a total or another group. While a form is open, answers count in steps."
)
# code, name, definition
DEFINITIONS = (
    (
        "attendance",
        "Came",
        "Booked people who came, of all live bookings at the start. Live are those neither cancelled nor moved to"
        " another date; a colleague who came instead counts as booked. Somebody who came without booking is in neither"
        " number. Lateness and leaving early count as the booking rules say. Dates whose register is not complete are"
        " left out.",
    ),
    (
        "did_not_attend",
        "Didn’t come",
        "Booked people who did not come and sent no apologies, of all live bookings at the start. Together, those who"
        " came, those who sent apologies and those who didn’t come are all of them.",
    ),
    (
        "fill",
        "Places filled",
        "Everybody who came, with or without booking, of the places offered. It is more than 100 % when more came than"
        " places were offered.",
    ),
    (
        "mixed",
        "Four or more sectors in the room",
        "Dates to which people of at least four sectors came, of all dates to which anybody came. Sectors are the"
        " council, health, police, education, early years, probation, voluntary, faith, fire, housing and other.",
    ),
    (
        "response",
        "Who answered",
        "Forms that came back, of those sent out, for each of three forms: before the course, at the end, two months"
        " on. Counts of forms are not answers and are never hidden.",
    ),
    (
        "relevance",
        "Fits my work",
        f"The mean of agreement from 1 to 5 with “What we covered fits the work I do”. {ALIKE}",
    ),
    (
        "trainer",
        "Taught well",
        f"The mean of agreement from 1 to 5 with what the end form says of the teaching. {ALIKE}",
    ),
    (
        "other_agencies",
        "Knowing other agencies",
        f"Mean agreement from 1 to 5 with knowing better what other agencies do and whom to call. {ALIKE}",
    ),
    (
        "used_it",
        "Used it",
        "What people say two months on about having used what they learned, of all who answered. Shown once the form"
        f" is closed, and only where nobody stands in a part of too few. {ALIKE}",
    ),
    (
        "manager_response",
        "Managers who answered",
        "People about whose work their manager has answered, of all about whom a manager was asked. Each manager is"
        " asked once a month about all of their people who came two months before. Whoever says that somebody is not"
        " theirs is in neither number. Counts of questions are not answers and are never hidden.",
    ),
    (
        "manager_saw_change",
        "Managers who saw a change",
        "People in whose work their manager has seen a change since the course, of all about whom a manager has"
        " answered; “not yet” and “I do not know” are answers. Shown of a date once no manager can be asked about it or"
        " answer any more, and only where nobody stands in a part of too few. By itself it is no evidence: an example"
        f" may be, at grade B. {ALIKE}",
    ),
    (
        "response_own_time",
        "Who answered, in their own time",
        "End forms about courses in people’s own time that came back in the quarter or year, of those that could be"
        " answered in it: sent before its end, still open in it and not answered before it.",
    ),
    (
        "relevance_own_time",
        "Fits my work, in their own time",
        "The mean of agreement from 1 to 5 with “What we covered fits the work I do”, of courses in people’s own time."
        " Such a course has no end, so an answer counts in the quarter in which it was given. The window closes with"
        " the quarter: while it runs nothing is shown, and what was answered later belongs to the next."
        f" {ALIKE}",
    ),
    (
        "change_before",
        "Change, from before the course to its end",
        "The same person’s confidence from 1 to 5, at the end less before the course, for each learning outcome; the"
        " mean over all who rated every outcome both times. “Likely between” is the 95 % interval of that mean by"
        " Student’s t. People tend to over-rate themselves before they know the subject, so a small rise can be a"
        f" large one, and even a fall need not be one. {ALIKE}",
    ),
    (
        "change_looking_back",
        "Change, looking back at the end",
        "The same person’s confidence at the end, less what they remember at the end of having had before. Reported"
        f" apart from the rating given before the course and never added to it. {ALIKE}",
    ),
    (
        "change_kept",
        "Change, from the end to two months on",
        "The same person’s confidence two months on, less at the end. About nought means that it lasted. Fewer answer"
        f" two months on, and those who do may not be like those who don’t. {ALIKE}",
    ),
    (
        "register_in_time",
        "Registers in time",
        "Registers sent within two working days after the end of their session, of the registers of all sessions that"
        " ran in the period.",
    ),
    (
        "delivered",
        "Delivered as ordered",
        "Dates that ran with the provider, of the dates ordered from it that have passed or were cancelled, whoever"
        " cancelled them and why.",
    ),
    (
        "provider_cancelled",
        "Cancelled by the provider",
        "Dates that somebody of the provider cancelled, of the dates ordered from it that have passed or were"
        " cancelled.",
    ),
    (
        "materials_in_time",
        "Materials five working days before",
        "Dates that ran with the provider whose course had its first material in Muster five working days before the"
        " start, of those whose course keeps materials here.",
    ),
    (
        "content_updated",
        "Content updated after a review",
        "Reviews in the period that changed a course which the provider taught in it, after which a new version of a"
        " material was in Muster within 20 working days, of all whose 20 working days are over or that were updated.",
    ),
    (
        "observed_well",
        "Teaching seen to be up to standard",
        "Observations in the period, by somebody who does not teach for the provider, that found the teaching up to"
        " standard, of all observations of its dates.",
    ),
    (
        "complaints_upheld",
        "Upheld complaints",
        "Complaints about the provider that were received in the period and upheld, for all of its dates that ran in"
        " it. A complaint that is still open counts once it is decided.",
    ),
    (
        "came_share",
        "Of all who came",
        "People of the sector who came, of all who came from organisations that have said how many work there.",
    ),
    (
        "workforce",
        "Of all who work there",
        "People of the sector who work with children or adults at risk, on most days or now and then, of all of them,"
        " as the organisations said themselves for this financial year or the one before.",
    ),
    (
        "never_seen",
        "Never seen",
        "Known organisations from which nobody came in the four quarters up to the end of the period, of all known.",
    ),
    (
        "waiting_long",
        "Waiting over 8 weeks",
        "People who on the day of the report have been on a waiting list of a date to come for more than eight weeks,"
        " of all who are on one.",
    ),
)


def load_definitions(model: Any) -> None:
    """First versions of all of them; twice changes nothing. `model` is MetricDefinition, a migration's or today's."""
    for code, name, definition in DEFINITIONS:
        model.objects.get_or_create(
            code=code, version=1, defaults={"name": name, "definition": definition, "in_force_from": SINCE}
        )
