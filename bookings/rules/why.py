"""Why a colleague goes instead, as choices that say nothing of anybody's health."""

from django.db import models


class WhyColleague(models.TextChoices):
    URGENT = "urgent", "Court or other urgent work"
    SHORT_OF_STAFF = "short_of_staff", "We are short of staff"
    AWAY = "away", "Away on that day"
    SUITS_THEM = "suits_them", "It suits my colleague better"
    OTHER_JOB = "other_job", "I have another job now"
    OTHER = "other", "Something else"
