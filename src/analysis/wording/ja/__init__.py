"""Sentences and labelled tables in Japanese, one file for each question."""
