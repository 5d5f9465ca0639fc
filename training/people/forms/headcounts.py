from django import forms

from training.people.actions.headcounts import FIRST_YEAR, MOST
from training.web.forms import MusterForm


def _band(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, help_text=help_text)


class HeadcountForm(MusterForm):
    year = forms.IntegerField(
        label="Year", min_value=FIRST_YEAR, max_value=2100, help_text="The one in which the financial year begins."
    )
    daily = _band("Work with children or adults at risk on most days")
    sometimes = _band("Meet them now and then")
    rarely = _band("Hardly ever meet them", "Finance or stores, for instance.")
    source = forms.CharField(
        label="Who gave the numbers", max_length=200, help_text="Such as: yearly return, workforce team, 12 May."
    )
