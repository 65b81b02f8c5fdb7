"""Pictures of a heavy page, packed tighter without loss."""

import io
import re
from base64 import b64decode, b64encode

from PIL import Image, UnidentifiedImageError

HEAVY = 900_000  # letters, of some 950 kB: a lighter page is left, for this takes ten times a PNG
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL | re.IGNORECASE)  # known by its hash
FEW_BITS = ("1", "L", "P", "RGB", "RGBA")  # modes whose pixels WebP holds exactly
MOST_PIXELS = 16_383  # in width and in height, of WebP


def lighten(html: str) -> str:
    """Hold the pictures of a page of nearly 1 MB or more as lossless WebP where that is smaller.

    Drawings of text and lines are half as large as PNG; the pixels stay the same. The files
    beside the report remain PNG.
    """
    if len(html) <= HEAVY:
        return html
    parts = SCRIPT.split(html)
    parts[::2] = [PNG.sub(_pack, part) for part in parts[::2]]
    return "".join(parts)


def _pack(found: re.Match[str]) -> str:
    packed = io.BytesIO()
    try:
        with Image.open(io.BytesIO(b64decode(found[1]))) as picture:
            if picture.mode not in FEW_BITS or max(picture.size) > MOST_PIXELS:
                return found[0]
            if getattr(picture, "is_animated", False):
                return found[0]
            picture.save(packed, "WEBP", lossless=True, exact=True, method=1)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return found[0]  # shown, or not, by the browser
    uri = "data:image/webp;base64," + b64encode(packed.getvalue()).decode()
    return min(uri, found[0], key=len)
