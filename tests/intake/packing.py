"""Archives in memory, for tests of files that are zips."""

import io
import zipfile


def pack(**members):
    """A zip of these members by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
