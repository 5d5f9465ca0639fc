"""What an uploaded file is: its bytes say so."""

import io
import zipfile

import pytest

from training.catalogue.errors import CatalogueError
from training.catalogue.material_files import extension_of

PDF = b"%PDF-1.4 slides"


def office(*parts: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
        if mimetype:
            archive.writestr("mimetype", mimetype)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.PDF", "pdf"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "jpg"),
        (office("ppt/presentation.xml"), "a.pptx", "pptx"),
        (office("word/document.xml"), "a.docx", "docx"),
        (office(mimetype="application/vnd.oasis.opendocument.text"), "a.odt", "odt"),
    ],
)
def test_a_file_is_what_its_bytes_say(data: bytes, name: str, kind: str) -> None:
    assert extension_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ\x90\x00", "slides.pdf", "not a file that can be opened everywhere"),
        (b"<html><script>", "slides.pdf", "not a file that can be opened everywhere"),
        (PDF, "slides.pptx", "ends in “.pptx”, but it is a PDF"),
        (office("word/document.xml"), "a.pptx", "but it is a Word file"),
        (office("ppt/presentation.xml", "ppt/vbaProject.bin"), "a.pptx", "has macros"),
        (b"PK\x03\x04 and then nothing", "a.pptx", "is damaged"),
        (office("run.sh"), "a.pptx", "not a file that can be opened everywhere"),
        (b"", "a.pdf", "is empty"),
        (b"%PDF-" + b"0" * (25 * 1024 * 1024), "a.pdf", "smaller than 25 MB"),
    ],
)
def test_a_lying_file_is_refused(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        extension_of(data, name)
