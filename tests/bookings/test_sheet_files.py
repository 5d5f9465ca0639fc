"""What is kept of a photo: the picture the right way up, and nothing of what the phone wrote beside it."""

import struct
import zlib

import pytest

from bookings.models.sheet import Kind
from bookings.registers.sheet_files import UnreadableFileError, kind_of, without_traces

# An 0xff in the data is followed by 0 or by a restart marker: neither ends it.
DATA = b"\x12\xff\x00\x34\xff\xd0\x56"
JFIF, COLOURS, TABLE = b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00", b"ICC_PROFILE\x00\x01\x01profile", b"\x00" * 65


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(orientation: int, order: str = "<", more: bytes = b"GPS 51.5N") -> bytes:
    sign = b"II" if order == "<" else b"MM"
    entries = struct.pack(f"{order}HHIHH", 0x010F, 3, 1, 7, 0) + struct.pack(
        f"{order}HHIHH", 0x0112, 3, 1, orientation, 0
    )
    return b"Exif\x00\x00" + sign + struct.pack(f"{order}HIH", 42, 8, 2) + entries + b"\x00" * 4 + more


def jpeg(*beside: bytes) -> bytes:
    picture = segment(0xE0, JFIF) + b"".join(beside) + segment(0xDB, TABLE)
    return b"\xff\xd8" + picture + segment(0xDA, b"\x01") + DATA + segment(0xDA, b"\x02") + DATA + b"\xff\xd9"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*beside: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(beside) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (jpeg(), Kind.JPEG),
        (png(), Kind.PNG),
        (b"%PDF-1.7\n", Kind.PDF),
        (b"<html>", None),
        (b"", None),
        (b"GIF89a", None),
        (b"\n%PDF-1.7", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
    ],
)
def test_the_first_bytes_say_what_it_is(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "told",
    [
        segment(0xE1, exif(1)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta/>"),
        segment(0xED, b"Photoshop 3.0\x00"),
        segment(0xFE, b"my kitchen"),
        b"\xff\xff" + segment(0xE1, exif(1))[1:],
    ],
    ids=["exif", "xmp", "iptc", "comment", "fill bytes"],
)
def test_what_a_phone_writes_beside_the_picture_goes(told: bytes) -> None:
    assert without_traces(jpeg(segment(0xE2, COLOURS), told), Kind.JPEG) == jpeg(segment(0xE2, COLOURS))


def test_what_follows_the_picture_goes() -> None:
    assert without_traces(jpeg() + jpeg(segment(0xE1, exif(1))), Kind.JPEG) == jpeg()


@pytest.mark.parametrize("order", ["<", ">"])
def test_it_stays_the_right_way_up_and_says_nothing_else(order: str) -> None:
    kept = without_traces(jpeg(segment(0xE1, exif(6, order))), Kind.JPEG)

    assert (b"GPS" in kept, without_traces(kept, Kind.JPEG)) == (False, kept)
    assert kept[:38] == b"\xff\xd8" + segment(
        0xE1, b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0)
    )


@pytest.mark.parametrize("wrong", [b"Exif\x00\x00", exif(9), exif(6)[:16], b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff"])
def test_exif_that_cannot_be_read_is_upright(wrong: bytes) -> None:
    assert without_traces(jpeg(segment(0xE1, wrong)), Kind.JPEG) == jpeg()


@pytest.mark.parametrize("name", [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"])
def test_words_in_a_png_go(name: bytes) -> None:
    gamma = chunk(b"gAMA", struct.pack(">I", 45455))

    assert without_traces(png(chunk(name, b"secret"), gamma) + b"more", Kind.PNG) == png(gamma)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xff\xd8\xff", Kind.JPEG),
        (jpeg()[:-2], Kind.JPEG),
        (jpeg()[:30], Kind.JPEG),
        (b"\xff\xd8\xff\xe0\x00\x00", Kind.JPEG),
        (b"\xff\xd8\xff\xe0\x00\x01\xff\xd9", Kind.JPEG),
        (b"\xff\xd8" + segment(0xE0, JFIF) + b"rubbish", Kind.JPEG),
        (png()[:-12], Kind.PNG),
        (png()[:20], Kind.PNG),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IDAT", b""), Kind.PNG),
    ],
)
def test_what_is_not_whole_is_refused(data: bytes, kind: Kind) -> None:
    with pytest.raises(UnreadableFileError):
        without_traces(data, kind)


def test_every_cut_is_refused_and_nothing_worse() -> None:
    whole = jpeg(segment(0xE1, exif(6)))

    for end in range(3, len(whole) - 1):
        with pytest.raises(UnreadableFileError):
            without_traces(whole[:end], Kind.JPEG)
