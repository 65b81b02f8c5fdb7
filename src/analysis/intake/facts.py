"""What became of one printed figure, mark or name: a line of ingest.csv."""

from dataclasses import dataclass

from analysis.intake.grid import name_cell

READ, DOUBT, LEFT_OUT, PROBLEM = "read", "doubt", "left_out", "problem"
OUTCOMES = (READ, DOUBT, LEFT_OUT, PROBLEM)
COLUMNS = (
    *("file", "place", "printed", "table", "program", "kpi", "fiscal_year", "field", "value"),
    *("outcome", "note"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, mark or name of a published file and what it was read as.

    `table` and `field` are a table and a column of ours, of money `amount_yen:KIND:ITEM`;
    `program` and `kpi` are names as printed. `fiscal_year` is None where the fact is of no year,
    or of a year that is printed nowhere: then it is a doubt, and in no table. `outcome` is read,
    doubt (in the tables, and to be looked at), left_out (not of our tables) or problem (it should
    be in them and cannot be read); `note` says why. `nature` and `last_year` belong to money. `key`
    and `kpi_key` tell programs and KPIs of one name apart, where the paper numbers them.
    `inferred` names columns that a profile concludes. `column` tells the cells of a row apart where
    the place is that of the whole row, as in a CSV. `corrected` is why it is not read as printed,
    in words for readers: a line of corrections.csv.
    """

    place: str
    printed: str
    table: str = ""
    program: str = ""
    kpi: str = ""
    fiscal_year: int | None = None
    field: str = ""
    value: str = ""
    outcome: str = READ
    note: str = ""
    file: str = ""
    government: str = ""
    nature: str = ""
    last_year: int | None = None
    rated_by: str = ""
    column: int | None = None
    key: str = ""
    kpi_key: str = ""
    inferred: str = ""
    corrected: str = ""

    @property
    def cell(self) -> str:
        """The name of its cell, by which ingest.csv and corrections.csv call it."""
        return name_cell(self.place, self.column)

    @property
    def is_used(self) -> bool:
        """Whether it stands in a table."""
        return self.outcome in (READ, DOUBT)

    @property
    def whose(self) -> tuple[str, str, str]:
        """The program it is of: its government, its name, and its number where it has one."""
        return self.government, self.program, self.key
