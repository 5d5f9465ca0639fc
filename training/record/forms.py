from django import forms

from training.record.serials import read_serial
from training.web.forms import MusterForm


class SerialForm(MusterForm):
    serial = forms.CharField(
        label="Number of the certificate",
        max_length=60,
        help_text="16 letters and digits in groups of four, near the code at the foot of the page.",
    )

    def clean_serial(self) -> str:
        serial = read_serial(self.cleaned_data["serial"])
        if not serial:
            raise forms.ValidationError(
                "A number has 16 letters and digits, like 7KM2 QXPA 3VNE 8TRD. It never has I, L, O, U, 0 or 1."
            )
        return serial


class NameForm(MusterForm):
    name = forms.CharField(label="Name, as it is printed on the certificate", max_length=120)
