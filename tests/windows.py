"""Pages in a browser, wide and narrow."""

from axe_playwright_python.sync_playwright import Axe


def assert_accessible_and_fits(browser, path):
    """Open a page as wide as a screen and as a telephone, and look what stands in the way."""
    window = browser.new_page()
    for width in (1280, 390):
        window.set_viewport_size({"width": width, "height": 700})
        window.goto(path.as_uri())
        assert window.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(window).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    window.close()
