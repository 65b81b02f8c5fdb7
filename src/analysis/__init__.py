"""The names a notebook needs, each imported when first used so that `sosei` starts fast."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.errors import DataError as DataError
    from analysis.intake.check import check as check
    from analysis.intake.load import Dataset as Dataset
    from analysis.intake.load import load as load
    from analysis.intake.tables import codebook as codebook

_HOME = {
    "DataError": "errors",
    "Dataset": "intake.load",
    "check": "intake.check",
    "load": "intake.load",
    "codebook": "intake.tables",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    return getattr(import_module(f"analysis.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
