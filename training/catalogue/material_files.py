"""What an uploaded file is, told by its bytes and not by its name. Nothing here unpacks or runs any of it."""

import io
import zipfile
from pathlib import PurePath

from training.catalogue.errors import CatalogueError

LARGEST_MEGABYTES = 25
BEGINNINGS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}
# The one part that each kind of Office file has.
OFFICE_PARTS = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
OPEN_TYPES = {
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
EXTENSIONS = (*BEGINNINGS, "jpeg", *OFFICE_PARTS, *OPEN_TYPES)
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    **{extension: kind.decode() for extension, kind in OPEN_TYPES.items()},
}
WORDS = {
    "pdf": "a PDF", "jpg": "a JPEG picture", "png": "a PNG picture", "pptx": "a PowerPoint file",
    "docx": "a Word file", "xlsx": "an Excel file", "odp": "an OpenDocument presentation",
    "odt": "an OpenDocument text", "ods": "an OpenDocument spreadsheet",
}  # fmt: skip
MOST_PARTS = 5000


def extension_of(data: bytes, filename: str) -> str:
    """How the name of this file should end.

    Raises CatalogueError for what is too large, of no kind that is taken, with macros in it, or not what its name says.
    """
    if len(data) > LARGEST_MEGABYTES * 1024 * 1024:
        raise CatalogueError(f"The file must be smaller than {LARGEST_MEGABYTES} MB.", field="file")
    if not data:
        raise CatalogueError("The file is empty.", field="file")
    found = next((kind for kind, beginning in BEGINNINGS.items() if data.startswith(beginning)), "") or _packed(data)
    claimed = PurePath(filename).suffix.lower().lstrip(".").replace("jpeg", "jpg")
    if not found:
        raise CatalogueError(
            "This is not a file that can be opened everywhere. Save it as PDF, PowerPoint, Word, Excel, OpenDocument,"
            " JPEG or PNG.",
            field="file",
        )
    if claimed != found:
        raise CatalogueError(
            f"The file’s name ends in “.{claimed}”, but it is {WORDS[found]}. Save it again from the program it was"
            " made with.",
            field="file",
        )
    return found


def _packed(data: bytes) -> str:
    """Office and OpenDocument files are zip archives; empty for any other."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {info.filename for info in archive.infolist()[:MOST_PARTS]}
            if any(part.endswith("vbaProject.bin") for part in parts):
                raise CatalogueError("The file has macros in it. Save it without them.", field="file")
            kind = _open_kind(archive) if "mimetype" in parts else ""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise CatalogueError("This file is damaged. Save it again and send that.", field="file") from None
    return kind or next((extension for extension, part in OFFICE_PARTS.items() if part in parts), "")


def _open_kind(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        said = part.read(100)
    return next((extension for extension, kind in OPEN_TYPES.items() if said == kind), "")
