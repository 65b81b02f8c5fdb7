"""Codes and findings -> words."""
