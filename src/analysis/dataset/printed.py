"""One printed cell -> its figure with unit, status, bound and notes, or the reason why not.

A cell is read only where one reading is left. Everything else is refused with what to write
instead: a wrong figure is far worse than a refused one. The words it knows stand in
`printed_words.py`; numbers and units are read by `values.py`, the one grammar of amounts.
"""

import re
from dataclasses import fields, replace

import pandas as pd

from analysis.dataset import printed_words as words
from analysis.dataset.cells import read_distinct
from analysis.dataset.single import LABELLED, Value, agree_on_status, join_notes, read_single
from analysis.dataset.units import KNOWN_UNITS
from analysis.dataset.values import NUMBER, SIGN, tidy
from analysis.errors import DataError

BARE = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){0,3}|0|[1-9][0-9]{0,11})(?:\.[0-9]{1,3})?"
DTYPES = {
    "number": "float64",
    "upper": "float64",
    "yen": "Int64",
    **dict.fromkeys(("unit", "status", "bound", "note", "printed", "problem"), "str"),
}
LONGEST = 200  # longer texts are sentences
LARGEST_YEN = 2**63  # what a column of whole numbers can hold

ABSENT = [(status, re.compile(text)) for status, text in words.ABSENCES.items()]
REMARK = r"\((?:[^()]|\([^()]*\))*\)"
MARK = r"※[0-9]{1,2}|\*{1,3}[0-9]?\)?|注[0-9]{0,2}\)?"
BEFORE = re.compile(
    rf"(?P<remark>(?:{MARK})(?= )|※|\*{{1,3}}|注[0-9]{{0,2}}\)|{REMARK}) ?(?P<core>[^ *].*)"
)
BEHIND = re.compile(
    r"(?P<core>.*?[^ ※*(]) ?(?P<remark>※[^()※]*|\*{1,3}|\*[1-9]\)|(?<![0-9])\*[1-9]"
    rf"|注[0-9]{{0,2}}\)?|[†‡]| [0-9]{{1,2}}\)|{REMARK})"
)
MARKED_NUMBER = re.compile(r"[※*]+[1-9][0-9]?")
HARMLESS_BEFORE = re.compile(rf"\((?:(?!単位)[^0-9])*\)|\({words.YEAR}\)|[^(].*")
ENDS_IN_NUMBER = re.compile("[0-9十百千万億兆]$")
BOUND_REMARK = re.compile(rf"[^0-9]*(?:{words.any_of(words.BOUND_BEHIND)})")
STATUS_REMARK = re.compile(
    rf"(?:{words.YEAR}(?:末|現在|時点)?の?)?({words.any_of(words.STATUS_OF_WORD)})(?:による|ベース)?"
)


def read_value(text: str) -> Value:
    """Read one printed cell.

    Parameters
    ----------
    text
        The cell as a reader sees it, in full-width or ordinary characters, with its line breaks.

    Returns
    -------
    The value. An empty cell has the status not_in_source, a dash not_set; both without a number.
    Zero is a number (0, ゼロ, 0件); なし and 該当なし are not, because they may mean either.

    Raises
    ------
    DataError
        Where the cell has no reading or more than one: (1,234) may be negative or a remark, 1/2 a
        ratio or a date, 5・3 a fraction or two figures. The message says what to write instead.

    References
    ----------
    The signs of Japanese public tables (△ and ▲ for minus, - or … where no figure stands);
    docs/data.md lists the rules.

    Examples
    --------
    >>> read_value("推 4,600").number, read_value("推 4,600").status
    (4600.0, 'estimated')
    >>> value = read_value("▲1,110千円")
    >>> value.number, value.unit, value.yen
    (-1110.0, '千円', -1110000)
    >>> read_value("30人以上").bound, read_value("集計中").status, read_value("－").status
    ('at_least', 'pending', 'not_set')
    >>> value = read_value("3,437百万円（平成20年度）")
    >>> value.yen, value.note
    (3437000000, '平成20年度')
    """
    if not isinstance(text, str):
        raise DataError(f"{text!r} is not text. read_value expects one printed cell as text.")
    try:
        return _read(text)
    except DataError as error:
        raise DataError(f"{text!r} is not read as a figure: {error}.") from None


def read_values(column: pd.Series) -> pd.DataFrame:
    """Read a column of printed cells by `read_value`, without ever failing on a cell.

    Parameters
    ----------
    column
        Cells as text; numbers are read as if printed, missing cells as empty ones.

    Returns
    -------
    One row per cell with the index of the column and one column per field of `Value`, and
    `problem`: why a cell cannot be read, else empty. A cell with a problem has no number, no unit
    and no status: it is never mistaken for one without a figure.

    Examples
    --------
    >>> read = read_values(pd.Series(["8,571,000", "46.3％", "延伸"]))
    >>> read[["number", "unit", "status"]].values.tolist()
    [[8571000.0, '', 'final'], [46.3, '%', 'final'], [nan, '', '']]
    """
    texts = column.astype("str").where(column.notna(), "")
    return read_distinct(texts, _read_texts).assign(printed=texts)


def _read_texts(texts: pd.Series) -> pd.DataFrame:
    bare = texts.str.fullmatch(BARE)
    codes, distinct = pd.factorize(texts.mask(bare, "0"))
    rows = pd.DataFrame([_read_or_explain(text) for text in distinct], columns=[*VALUE_COLUMNS])
    read = rows.astype(DTYPES).take(codes).set_axis(texts.index)
    numbers = texts.where(bare, "0").str.replace(",", "").astype("float64")
    return read.assign(number=read["number"].mask(bare, numbers))


VALUE_COLUMNS = (*(field.name for field in fields(Value)), "problem")


def _read_or_explain(text: str) -> dict[str, object]:
    try:
        value = _read(text)
        if value.yen is not None and abs(value.yen) >= LARGEST_YEN:
            raise DataError("it is more money than a column can hold; check its unit")
        return {**vars(value), "problem": ""}
    except DataError as error:
        return {**vars(Value(status="", bound="")), "problem": str(error)}


def _read(text: str) -> Value:
    plain = tidy(text).translate(words.BRACKETS)
    if not plain:
        return Value(status="not_in_source", printed=text)
    if status := _find_absence(plain):
        return Value(status=status, printed=text)
    if len(plain) > LONGEST:
        raise DataError(words.TOO_LONG)
    core, remarks = _peel(plain)
    status = _find_absence(core)
    if status == "not_set" and plain[0] == "(":  # (成果)/(費用) is a formula, not a stroke
        raise DataError(words.WITHOUT_FIGURE)
    value = Value(status=status) if status else _read_core(core)
    for remark in remarks:
        value = _add_remark(value, remark)
    return replace(value, printed=text)


def _find_absence(plain: str) -> str | None:
    """Find the status of words or signs that stand where a figure would."""
    word = re.sub(r"^\(([^()]*)\)$", r"\1", plain.replace(" ", "").rstrip("。"))
    return next((status for status, text in ABSENT if text.fullmatch(word)), None)


def _peel(plain: str) -> tuple[str, list[str]]:
    """Take marks and remarks in brackets off both ends: the core, and the remarks in order."""
    before: list[str] = []
    behind: list[str] = []
    while True:
        if found := BEHIND.fullmatch(plain):
            plain, remark = found["core"].rstrip(), found["remark"]
            unit = _find_unit(remark)
            if unit and not ENDS_IN_NUMBER.search(plain):
                raise DataError(words.REFUSED_UNIT)
            plain += unit
            behind[:0] = [] if unit else [remark]
        elif found := BEFORE.fullmatch(plain):
            plain, remark = found["core"], found["remark"]
            if _find_unit(remark) or not HARMLESS_BEFORE.fullmatch(remark):
                raise DataError(words.REFUSED_BEFORE)
            if MARKED_NUMBER.fullmatch(found[0]):
                raise DataError(words.REFUSED_MARK)
            before.append(remark)
        else:
            return plain, before + behind


def _find_unit(remark: str) -> str:
    """Find the unit that a remark in brackets consists of: （千円）, （単位：人）; else ""."""
    unit = re.sub(r"^\((?:単位 ?:? ?)?(.*)\)$", r"\1", remark)
    return unit if remark != unit and unit in KNOWN_UNITS else ""


def _add_remark(value: Value, remark: str) -> Value:
    """Take up a remark: as a status, as another value, or as a note."""
    text = re.sub(r"^\((.*)\)$", r"\1", remark)
    said = text.strip("※ ").rstrip("。")
    noted = replace(value, note=join_notes(value.note, text))
    absence = _find_absence(said)
    if value.number is None:
        return replace(noted, status=absence) if absence and value.status == "not_set" else noted
    if absence or re.search(words.PARTIAL, said):
        raise DataError(f"{said!r} beside it says that the figure is not whole; keep one of them")
    if called := STATUS_REMARK.fullmatch(said):
        status = agree_on_status(value.status, words.STATUS_OF_WORD[called[1]])
        return replace(value if called[1] == said else noted, status=status)
    if BOUND_REMARK.fullmatch(said) or re.search(words.STATUS_HINT, said):
        raise DataError(f"{said!r} in a remark may change the figure; write it behind the figure")
    if remark.startswith("(") and (other := _find_other_value(said)):
        return replace(value, parts=(*value.parts, replace(other, parts=()), *other.parts))
    return noted


def _find_other_value(text: str) -> Value | None:
    """Read a remark as another value; None for what is none, or a year such as (2018)."""
    if re.fullmatch(r"(?:18|19|20)[0-9]{2}|[0-9]{1,4}年", text):
        return None
    try:
        return _read_core(text)
    except DataError:
        return None


def _read_core(text: str) -> Value:
    """Read what is left without remarks: one figure, or several that each have a unit."""
    reason = None
    try:
        if value := read_single(text):
            return value
    except DataError as error:
        reason = str(error)
    if values := _read_pairs(text) or _read_pieces(text):
        return replace(values[0], parts=tuple(values[1:]))
    raise DataError(reason or _explain(text))


def _read_pairs(text: str) -> list[Value]:
    """Read 200・4,000回・人: as many units as numbers, in the same order."""
    found = re.fullmatch(rf"({NUMBER}(?:・{NUMBER})+) ?([^0-9・ ]+(?:・[^0-9・ ]+)+)", text)
    numbers, units = (found[1].split("・"), found[2].split("・")) if found else ([], [])
    if not found or len(numbers) != len(units):
        return []
    return _read_each([number + unit for number, unit in zip(numbers, units, strict=True)])


def _read_pieces(text: str) -> list[Value]:
    """Read 100人、20社 and 男79.83 女84.35: figures that each say what they count."""
    pieces = re.split(r" ?[、・;] ?| ", LABELLED.sub(r"\1", text))
    return _read_each(pieces) if len(pieces) > 1 else []


def _read_each(pieces: list[str]) -> list[Value]:
    """Read every piece, if each has a unit, or each its own label (男 女, H30 H31)."""
    values = [value for piece in pieces if (value := read_single(piece))]
    if len(values) < len(pieces):
        return []
    labels = {value.note for value in values if value.note}
    told_apart = all(value.unit for value in values) or len(labels) == len(values)
    return values if told_apart else []


def _explain(text: str) -> str:
    """Say why a text is not read as a figure, and what to write instead."""
    for pattern, reason in words.REFUSALS:
        if re.search(pattern, text):
            return reason
    if not re.search("[0-9]", text):
        return words.WITHOUT_FIGURE
    rest = re.sub(rf"^{SIGN}?{NUMBER} ?", "", text)
    return words.OTHERWISE.format(rest=repr(rest))
