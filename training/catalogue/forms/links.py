from django import forms

from training.web.forms import MusterForm


class LinkForm(MusterForm):
    mark_optional = False

    joining_link = forms.URLField(label="Joining link", max_length=500, assume_scheme="https")
