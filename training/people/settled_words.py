"""What was answered to a claim, in a sentence: the first answer stands, whoever clicks second reads it."""

from training.people.models import Employment, IdentityClaim


def employment_answer(employment: Employment) -> str:
    if employment.standing == Employment.Standing.REFUSED:
        return f"Answered: {employment.person} does not work at {employment.agency}."
    return f"Answered: {employment.person} works at {employment.agency}."


def identity_answer(claim: IdentityClaim) -> str:
    if claim.outcome == IdentityClaim.Outcome.SAME:
        return f"Answered: {claim.newcomer} and {claim.known} are one person, and have one record."
    return f"Answered: {claim.newcomer} is somebody else, and keeps a record of their own."
