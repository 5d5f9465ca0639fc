"""Upload → a line per row → confirm → what was done: the three steps that every import's page has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from training.people.access import user_of
from training.people.actions.uploads import confirm_upload, keep_upload, preview_upload
from training.people.errors import PeopleError
from training.people.models import Upload
from training.web.components import Cell, Column, NavItem, Table
from training.web.forms import MusterForm, UploadField
from training.web.importing import Kind, Outcome, Plan, PlannedLine, Verdict, digest
from training.web.pages import paginate
from training.web.tables import LARGEST_MEGABYTES, TableError

COLOURS = {Verdict.NEW: "green", Verdict.CHANGED: "blue", Verdict.UNCHANGED: "grey", Verdict.WRONG: "red"}
SHOWN = {"wrong": "Wrong", "changed": "Changed", "new": "New", "warned": "With a warning", "": "All rows"}


class FileForm(MusterForm):
    file = UploadField(
        label="The file",
        extensions=("csv", "xlsx", "txt"),
        max_megabytes=LARGEST_MEGABYTES,
        help_text="CSV or Excel workbook (.xlsx). The first row holds the headings.",
    )


@dataclass(frozen=True)
class ImportPage:
    """What one import's pages differ in. `title` and `what` are words for the page."""

    kind: str
    kinds: Sequence[Kind]
    title: str
    start_url: str
    upload_url: str
    template: str
    # What goes out with the same columns, for the page to name.
    lists: Sequence[Any] = ()

    def start(self, request: HttpRequest) -> HttpResponse:
        """The empty form; a file that can be read leads on to its preview."""
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            sent = form.cleaned_data["file"]
            try:
                now = timezone.now()
                kept = keep_upload(kind=self.kind, name=sent.name, content=sent.read(), by=user_of(request), now=now)
            except (TableError, PeopleError) as error:
                form.add_error("file", str(error))
            else:
                return redirect(self.upload_url, kept.reference)
        return render(request, self.template, {"form": form, "page_words": self, "kinds": self.kinds})

    def upload(self, request: HttpRequest, reference: str) -> HttpResponse:
        kept = self._kept(request, reference)
        if kept.done_at is None and request.method == "POST" and self._confirm(request, kept):
            return redirect(self.upload_url, reference)
        if kept.done_at is not None:
            return render(request, "people/upload_done.html", {"upload": kept, "page_words": self})
        try:
            outcome = preview_upload(upload=kept, kinds=self.kinds, by=user_of(request), now=timezone.now())
        except TableError as error:
            messages.error(request, str(error))
            return redirect(self.start_url)
        return render(request, "people/upload.html", self._preview(request, kept, outcome))

    def _kept(self, request: HttpRequest, reference: str) -> Upload:
        """Nobody sees a file that somebody else uploaded: it may hold people."""
        user = user_of(request)
        rows = Upload.objects.visible_to_uploader(user.person).filter(kind=self.kind)
        found = get_object_or_404(rows, reference=reference)
        if found.done_at is None and found.expires_at <= timezone.now():
            raise Http404
        return found

    def _confirm(self, request: HttpRequest, kept: Upload) -> bool:
        agreed = request.POST.get("agreed", "")
        try:
            confirm_upload(upload=kept, kinds=self.kinds, agreed=agreed, by=user_of(request), now=timezone.now())
        except (PeopleError, TableError) as error:
            messages.error(request, str(error))
            return False
        return True

    def _preview(self, request: HttpRequest, kept: Upload, outcome: Outcome) -> dict[str, Any]:
        wanted = request.GET.get("show", "wrong" if outcome.is_refused else "")
        wanted = wanted if wanted in SHOWN else ""
        lines = [(plan, line) for plan in outcome.plans for line in plan.lines if _is_shown(line, wanted)]
        page = paginate(request, lines, 50)
        return {
            "upload": kept,
            "page_words": self,
            "outcome": outcome,
            "counts": _counts_table(outcome.plans),
            "notes": [warning for plan in outcome.plans for warning in plan.warnings],
            "page": page,
            "table": _lines_table(list(page), shows_kind=len(outcome.plans) > 1),
            "shown": SHOWN[wanted],
            "tabs": [NavItem(label, f"?show={name}", name == wanted) for name, label in SHOWN.items()],
            "has_work": any(plan.of(Verdict.NEW) or plan.of(Verdict.CHANGED) for plan in outcome.plans),
            "agreed": digest(outcome.plans),
        }


def _is_shown(line: PlannedLine, wanted: str) -> bool:
    if wanted == "warned":
        return bool(line.warnings)
    return not wanted or line.verdict == wanted


def _counts_table(plans: Sequence[Plan]) -> Table:
    columns = [Column("List"), *(Column(str(verdict).capitalize(), is_numeric=True) for verdict in Verdict)]
    rows = [[plan.kind.capitalize(), *plan.counts().values()] for plan in plans]
    return Table("What the file would do", columns, rows, is_caption_hidden=True)


def _lines_table(lines: Sequence[tuple[Plan, PlannedLine]], *, shows_kind: bool) -> Table:
    columns = [Column("Row"), Column("What"), Column("It is"), Column("What happens")]
    rows = [
        [
            Cell(line.row, hint=plan.kind if shows_kind else ""),
            line.name or "–",
            Cell(str(line.verdict).capitalize(), tag=COLOURS[line.verdict]),
            " ".join(line.sentences) or "–",
        ]
        for plan, line in lines
    ]
    return Table("Rows of the file", columns, rows, is_caption_hidden=True)
