"""KPI and budget tables of Japanese programs of regional revitalization, evaluated in notebooks.

Call first:

    import analysis as sosei
    data = sosei.load("data", government="つくば市", fiscal_year="H30")
    data                                           # what it holds: data.kpis, data.budgets, ...
    sosei.codebook("kpis")                         # what its columns mean
    kpis = sosei.add_achievement(data.kpis)        # rates, with the reason where there is none
    sosei.plot_progress(kpis)                      # a Figure
    sosei.show_figure(sosei.plot_progress, kpis)   # on a page, with its table and what it shows

`make docs` writes a page of all functions; docs/methods.md says which rate answers what. The names
stand in `__init__.pyi`; each is imported when it is first used.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from lazy_loader import attach_stub

_find, __dir__, __all__ = attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    """Import a name that is used for the first time; of one that is none, say what is near."""
    if name == "__version__":
        from importlib.metadata import version

        return version("sosei")
    try:
        return _find(name)
    except AttributeError as error:
        if name in __all__ or name.startswith("_"):
            raise
        near = _find_near(name)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise AttributeError(f"{error}{meant}") from None


def _find_near(name: str) -> list[str]:
    from difflib import get_close_matches  # when it is needed: to import this package is light

    return get_close_matches(name, __all__, 3, 0.7)


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
