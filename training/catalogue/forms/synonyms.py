from django import forms

from training.web.forms import MusterForm


class SynonymForm(MusterForm):
    term = forms.CharField(label="What people type", max_length=60, help_text="Such as DV.")
    meaning = forms.CharField(
        label="What they mean", max_length=120, help_text="Words as courses use them, such as domestic abuse."
    )

    def clean_term(self) -> str:
        return _with_letters(self.cleaned_data["term"], "Enter the word or letters that people type")

    def clean_meaning(self) -> str:
        return _with_letters(self.cleaned_data["meaning"], "Enter the words that courses use")


class SynonymChangeForm(SynonymForm):
    """With what it was when the page was opened, by which it is found again."""

    old_term = forms.CharField(max_length=60, widget=forms.HiddenInput)
    old_meaning = forms.CharField(max_length=120, widget=forms.HiddenInput)


def _with_letters(text: str, sentence: str) -> str:
    if not any(character.isalnum() for character in text):
        raise forms.ValidationError(sentence)
    return text
