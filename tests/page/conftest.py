"""What the tests of pages share."""

import pytest


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setenv("SOSEI_REPORT", str(tmp_path / "program"))
    monkeypatch.delenv("SOSEI_SVG", raising=False)
    return tmp_path
