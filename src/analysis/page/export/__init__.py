"""A notebook that was executed -> one HTML file."""

import sys
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"  # the style that all pages have, and their parts

# Where rfc3987_syntax is installed (jupyterlab brings it), jsonschema imports it for a format no
# notebook uses, which compiles a grammar for some seconds in every process that reads a notebook.
# An entry of None makes that import fail, and jsonschema go without, as it does where it is absent.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
