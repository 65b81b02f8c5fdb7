"""Stand-in."""


def lock_page(html: str, scripts: bool) -> tuple[str, tuple[str, ...]]:
    """Stand-in: the page as it is."""
    return html, ()
