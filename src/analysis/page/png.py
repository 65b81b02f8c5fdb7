"""Drawn pixels as a PNG of few colours, the same bytes each time.

Pillow chooses the colours. The file is written here, because zlib-ng compresses in a third of the
time that zlib takes. Its format: https://www.w3.org/TR/png-3/
"""

import struct
from typing import Any

import numpy as np
from PIL import Image
from zlib_ng import zlib_ng

MOST_COLORS = 128
WHITE = np.uint32(0xFFFFFFFF)
LEVEL = 3  # of compression: smaller files than those of zlib's level 4
LEVEL_OF_LARGE, LARGE = 6, 1_500_000  # pixels: a page of many programs has a megabyte in all
SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS_OF_A_PALETTE = b"\x08\x03\x00\x00\x00"  # without interlacing


def write_png(pixels: Any) -> bytes:
    """Write the pixels of a canvas, four bytes each, as a PNG of at most 128 colours.

    A picture of lines and text needs few, and is a third as large. Only what is not white is
    counted for the colours, so that white stays white.
    """
    whole = pixels.view(np.uint32)[:, :, 0]
    height, width = whole.shape
    colored = whole != WHITE
    rows = np.zeros((height, width + 1), dtype=np.uint8)  # each begins with its filter: none
    palette = [255, 255, 255]
    found = whole[colored]
    if found.size:
        few = Image.frombytes("RGB", (found.size, 1), found, "raw", "RGBX")
        few = few.quantize(MOST_COLORS - 1, Image.Quantize.FASTOCTREE)
        rows[:, 1:][colored] = np.asarray(few)[0] + 1
        palette += few.getpalette() or []
    return SIGNATURE + b"".join(
        _write_chunk(kind, data)
        for kind, data in (
            (b"IHDR", struct.pack(">II", width, height) + EIGHT_BITS_OF_A_PALETTE),
            (b"PLTE", bytes(palette)),
            (b"IDAT", zlib_ng.compress(rows, LEVEL if rows.size < LARGE else LEVEL_OF_LARGE)),
            (b"IEND", b""),
        )
    )


def _write_chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib_ng.crc32(body))
