"""Renew the pictures of README and docs from the reports in outputs/ (`make report` first)."""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = {  # the report, width and height, and the heading to begin at: none is the top
    "portfolio": ("portfolio/portfolio", 920, 1130, ""),
    "government": ("2018/082201/government", 920, 1280, ""),
    "costs": ("2024/400009/digital_pr/program", 920, 760, "結果1つあたりの費用はいくらか"),
    "program": ("2018/082201/job_fair/program", 920, 1000, ""),
    "telephone": ("2018/082201/job_fair/program", 390, 1000, ""),
}


def main() -> None:
    """Open each report and save its top, or what follows a heading, as a small PNG."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (report, width, height, heading) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto((ROOT / "outputs" / f"{report}.html").as_uri())
            if heading:
                place = page.get_by_role("heading", name=heading)
                place.evaluate("node => window.scrollTo(0, node.offsetTop - 40)")
            shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
            shot = shot.quantize(128, Image.Quantize.MAXCOVERAGE)
            shot.save(images / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
