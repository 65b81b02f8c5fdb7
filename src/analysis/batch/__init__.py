"""Notebooks x parameters -> reports."""

import analysis.page.export  # noqa: F401  (before nbformat, which it makes import quickly)
