"""Notebooks x parameters -> reports."""
