"""Renew the pictures of README and docs, most of them of reports in outputs/ and outputs/en.

`make pictures` makes these reports first. Those of the example, read as it was published, are of
files made here.
"""

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
EXAMPLE = "docs/examples/tsukuba_h30.xlsx"
PICTURES = {  # the report, width and height, and the heading to begin at: none is the top
    "portfolio": ("portfolio/portfolio", 920, 1130, ""),
    "government": ("2018/082201/government", 920, 1280, ""),
    "costs": ("2024/400009/digital_pr/program", 920, 760, "結果1つあたりの費用はいくらか"),
    "program": ("2018/082201/job_fair/program", 920, 1000, ""),
    "english": ("en/2018/082201/job_fair/program", 920, 760, ""),
    "telephone": ("2018/082201/job_fair/program", 390, 1000, ""),
}
OF_EXAMPLE = {
    "intake": ("data/ingest", 1100, 780, "セルごとの読み取り"),
    "intake_summary": ("data/ingest", 1100, 610, ""),
    "intake_report": ("outputs/2018/082201/government", 920, 860, ""),
}
SHEET_OF_KPIS = 3  # behind the one that explains, the sources and the programs
FIRST_SHOWN = """() => {
    const grid = document.querySelector(".grid");
    if (!grid) return;
    const cell = grid.querySelector("[id$='-F4']");
    grid.scrollTo(cell.offsetLeft - 40, cell.offsetTop - 24);
}"""


def read_example(folder: Path) -> None:
    """Read the example into tables and make the report of them, by the commands of README."""
    sosei = Path(sys.executable).with_name("sosei")
    data, outputs = folder / "data", folder / "outputs"
    who = ("--government", "082201", "--publisher", "つくば市")
    subprocess.run([sosei, "ingest", EXAMPLE, "--into", data, *who], cwd=ROOT, check=True)
    which = ("--notebook", "government")
    subprocess.run(
        [sosei, "run", "--data", data, "--output", outputs, *which], cwd=ROOT, check=True
    )


def picture_workbook(folder: Path) -> None:
    """Make a workbook to fill in, and a picture of its sheet of KPIs as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        print("no soffice: the picture of the workbook stays as it is")
        return
    sosei, book = Path(sys.executable).with_name("sosei"), folder / "082201_2019.xlsx"
    asked = ("--government", "082201", "--fiscal-year", "2019", "--output", book)
    subprocess.run([sosei, "new", "year", *asked], cwd=ROOT, check=True)
    own = f"-env:UserInstallation=file://{folder}/office"
    command = [office, "--headless", own, "--convert-to", "pdf", "--outdir", folder, book]
    subprocess.run(command, check=True, capture_output=True)
    page = pypdfium2.PdfDocument(book.with_suffix(".pdf"))[SHEET_OF_KPIS].render(scale=1.5)
    shown = page.to_pil().convert("RGB")
    drawn = ImageChops.difference(shown, Image.new("RGB", shown.size, "white")).getbbox()
    save(shown.crop(drawn), "new_year")


def save(picture: Image.Image, name: str) -> None:
    """Save a picture as a small PNG."""
    small = picture.quantize(128, Image.Quantize.MAXCOVERAGE)
    small.save(IMAGES / f"{name}.png", optimize=True)


def take(browser: Browser, folder: Path, pictures: dict[str, tuple[str, int, int, str]]) -> None:
    """Open each page and save its top, or what follows a heading, as a small PNG."""
    for name, (report, width, height, heading) in pictures.items():
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto((folder / f"{report}.html").as_uri())
        page.evaluate(FIRST_SHOWN)
        if heading:
            place = page.get_by_role("heading", name=heading)
            place.evaluate("node => window.scrollTo(0, node.offsetTop - 24)")
        save(Image.open(BytesIO(page.screenshot())).convert("RGB"), name)


def main() -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        read_example(Path(folder))
        picture_workbook(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser, Path(folder), OF_EXAMPLE)
        take(browser, ROOT / "outputs", PICTURES)
        browser.close()


if __name__ == "__main__":
    main()
