from bookings.actions.sheets import LARGEST_MEGABYTES
from training.web.forms import MusterForm, UploadField


class SheetForm(MusterForm):
    """The name of the file says what may be chosen; what it is, its first bytes say."""

    file = UploadField(
        label="The photo or scan",
        extensions=("jpg", "jpeg", "png", "pdf"),
        max_megabytes=LARGEST_MEGABYTES,
        help_text=f"JPEG, PNG or PDF, at most {LARGEST_MEGABYTES} MB.",
    )
