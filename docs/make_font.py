"""Make src/analysis/fonts/sosei-fallback.otf: the characters that IPAexGothic lacks.

    python docs/make_font.py NotoSansCJK-Regular.ttc UniJIS-UTF32-H

The first file is Noto Sans CJK (Debian: fonts-noto-cjk), the second the list of the characters
that Japanese fonts hold, Adobe-Japan1 (Debian: poppler-data). Taken is every character of that
list which IPAexGothic and DejaVu Sans lack, 𠮷 among them, but for what came in with its sixth
supplement: the kanji of JIS X 0212 that JIS X 0213 left out because no use of them was found.
"""

import re
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from analysis.typefaces import FALLBACK

NAME = "Sosei Fallback"
TARGET = Path(__file__).parents[1] / "src/analysis/fonts/sosei-fallback.otf"
SIXTH_SUPPLEMENT = range(20317, 23058)
UNNEEDED = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def main(noto: str, characters: str) -> None:
    """Choose the characters, cut their glyphs out and name the font anew."""
    ranges = re.findall(
        r"^<(\w+)> +(?:<(\w+)> +)?(\d+)$", Path(characters).read_text("ascii"), re.MULTILINE
    )
    numbers = {
        code: int(number) + code - int(first, 16)
        for first, last, number in ranges
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }
    others = [path for path in FALLBACK if Path(path) != TARGET]
    held = {code for path in others for code in TTFont(path).getBestCmap()}
    wanted = {c for c, number in numbers.items() if number not in SIXTH_SUPPLEMENT} - held
    font = TTFont(noto, fontNumber=0, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, name_IDs=[0, 13, 14])
    options.drop_tables += UNNEEDED
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    for number, text in {1: NAME, 2: "Regular", 4: NAME, 6: NAME.replace(" ", "")}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [NAME.replace(" ", "")]
    font.save(TARGET)
    print(f"{TARGET.name}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
