"""The names a notebook uses (`__init__.pyi`), each imported when it is first used."""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from lazy_loader import attach_stub

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)


class _AddFonts:
    """Lets matplotlib's fonts be found as ever, and has ours added once they are imported."""

    MATPLOTLIB, OURS = "matplotlib.font_manager", "analysis.typefaces"

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        """Be asked by Python for a module, once for the one that is waited for."""
        if name != cls.MATPLOTLIB:
            return None
        sys.meta_path.remove(cls)
        spec: Any = find_spec(name)
        load = spec.loader.exec_module

        def load_and_add(module: Any) -> None:
            load(module)
            import_module(cls.OURS)

        spec.loader.exec_module = load_and_add
        return spec


if _AddFonts.MATPLOTLIB in sys.modules:
    import_module(_AddFonts.OURS)
else:
    sys.meta_path.insert(0, _AddFonts)
