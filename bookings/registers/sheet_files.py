"""A photo of a signed sheet: told by its first bytes, kept without what a phone writes beside the picture.

Nothing here decodes a picture, so that none can be made that decodes to a thousand times its size.
"""

import re
import struct
from collections.abc import Iterator

from bookings.models.sheet import Kind

BEGINNINGS = {Kind.JPEG: b"\xff\xd8\xff", Kind.PNG: b"\x89PNG\r\n\x1a\n", Kind.PDF: b"%PDF-"}
# JPEG markers (ITU-T T.81, table B.1). APP0 is JFIF, APP2 the colour profile, APP14 Adobe's colours: all others go,
# with Exif and XMP (APP1: where, when, which phone, a small copy of the picture), IPTC (APP13) and comments.
START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APPLICATION = range(0xE0, 0xF0)
KEPT_APPLICATION = {0xE0, 0xE2, 0xEE}
EXIF = b"Exif\x00\x00"
ORIENTATION = 0x0112
# In the picture's data an 0xff is followed by 0 or by a restart marker; anything else is the next marker.
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
# PNG chunks that hold words, times or Exif.
PNG_TOLD = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}


class UnreadableFileError(Exception):
    """Not a whole file of its kind."""


def kind_of(data: bytes) -> Kind | None:
    return next((kind for kind, beginning in BEGINNINGS.items() if data.startswith(beginning)), None)


def without_traces(data: bytes, kind: Kind) -> bytes:
    """The same picture without its metadata, but still the right way up. A PDF stays as it is.

    Raises UnreadableFileError.
    """
    try:
        if kind == Kind.JPEG:
            return _jpeg(data)
        return _png(data) if kind == Kind.PNG else data
    except (struct.error, IndexError) as error:
        raise UnreadableFileError from error


def _jpeg(data: bytes) -> bytes:
    kept, orientation = [], 1
    for marker, segment in _segments(data):
        if marker == 0xE1 and segment[4:].startswith(EXIF):
            orientation = _orientation(segment[10:])
        if marker == COMMENT or (marker in APPLICATION and marker not in KEPT_APPLICATION):
            continue
        kept.append(segment)
    turned = [_exif_of(orientation)] if orientation > 1 else []
    return b"".join([b"\xff\xd8", *turned, *kept, b"\xff\xd9"])


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker with its segment (a scan with its data), up to the end of the picture: what follows is not of it."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at] != 0xFF:
            raise UnreadableFileError
        marker = data[at + 1]
        if marker == END:
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise UnreadableFileError
        if marker == SCAN:
            found = NEXT_MARKER.search(data, end)
            if found is None:
                raise UnreadableFileError
            end = found.start()
        yield marker, data[at:end]
        at = end


def _orientation(tiff: bytes) -> int:
    """How a phone was held: 1 (upright) to 8. Anything that cannot be read is upright."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (number,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(first + 2, first + 2 + 12 * number, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, entry)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _exif_of(orientation: int) -> bytes:
    """An APP1 segment that says this one thing."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    return struct.pack(">BBH", 0xFF, 0xE1, 2 + len(EXIF) + len(tiff)) + EXIF + tiff


def _png(data: bytes) -> bytes:
    kept, at = [BEGINNINGS[Kind.PNG]], 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data) or (at == 8 and name != b"IHDR"):
            raise UnreadableFileError
        if name not in PNG_TOLD:
            kept.append(data[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
