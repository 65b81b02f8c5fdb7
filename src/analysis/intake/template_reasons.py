"""Why columns of new rows were concluded: as last year's rows, from which they were taken, say."""

from collections.abc import Iterator

import pandas as pd

from analysis.dataset.tables import ALL_ROWS, list_key_names
from analysis.environment import LANGUAGE_OF_DOCUMENTS
from analysis.intake.template import Row
from analysis.intake.template_names import Filled
from analysis.wording.labels import labels

SAID = labels("intake_reasons", LANGUAGE_OF_DOCUMENTS)

HELD = dict[tuple[str, str, str], str]  # reasons by table, column and key


def list_reasons(filled: Filled, reasons: pd.DataFrame | None) -> Iterator[Row]:
    """List the rows of `reasons` that a workbook needs, beside those that hold for whole tables.

    Parameters
    ----------
    filled
        What it says.
    reasons
        Those of the folder it comes into.
    """
    rows = [] if reasons is None else reasons.to_dict("records")
    held = {(row["table"], row["column"], row["key"]): row["reason"] for row in rows}
    shared: dict[tuple[str, str, str], str] = {}
    for (table, number), before in filled.before.items():
        row = filled.rows[table][number]
        for column in row["inferred"].split():
            key, reason = _find(table, column, before, held)
            reason = reason if reason.startswith(SAID["carried"]) else SAID["carried"] + reason
            if key.endswith(f"/{before.get('source_id', '')}") and key[:1] != ALL_ROWS:
                [own] = list_key_names(table, pd.DataFrame([row]))
                yield {"table": table, "column": column, "key": own, "reason": reason}
            elif key != ALL_ROWS:
                shared[table, column, f"*/{row['source_id']}"] = reason
    for (table, column, key), reason in shared.items():
        yield {"table": table, "column": column, "key": key, "reason": reason}


def _find(table: str, column: str, before: Row, held: HELD) -> tuple[str, str]:
    """The key and the words of the nearest reason for a row; of the column where none is held."""
    names = list_key_names(table, pd.DataFrame([before])) if before.get("source_id") else []
    for key in (*names, f"*/{before.get('source_id', '')}", ALL_ROWS):
        if (table, column, key) in held:
            return key, held[table, column, key]
    return "", SAID.get(column, SAID["other"])
