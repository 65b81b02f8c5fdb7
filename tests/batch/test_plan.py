"""What is run again and why: each kind of change names itself and touches only its reports."""

import pytest
from entered import NATION, edit, find_jobs, make_up

from analysis.batch import inputs, ledger, versions
from analysis.batch.inputs import Inputs
from analysis.batch.plan import _compare_rows, plan_steps
from analysis.dataset.fingerprints import shorten_rows


@pytest.fixture
def outputs(project, write_notebook, enter):
    """A project whose reports have all been made from its data, as the ledger has it."""
    make_up(project / "outputs", write_notebook, enter)
    return project / "outputs"


def changes(output, force=False, **options):
    """Every step that does something: report -> what and why."""
    steps = plan_steps(find_jobs(**options), output, Inputs(), force)
    return {s.job.path: (s.action, s.why) for s in steps if s.action != "keep"}


def test_what_has_been_made_from_the_same_things_is_not_run(outputs):
    assert changes(outputs) == {}


def test_a_report_nobody_made_is_new(project, write_notebook, tmp_path):
    write_notebook("nation", parameters=NATION)
    assert changes(tmp_path / "outputs") == {"nation/nation": ("run", "new")}


def test_a_changed_row_runs_exactly_the_reports_whose_slice_holds_it(outputs, project):
    edit(project / "data/kpis.csv", ",148,", ",149,")
    why = ("run", "data changed: kpis.csv, 1 row")
    assert changes(outputs) == {
        "2018/082201/job_fair/program": why,
        "2018/082201/government": why,
        "nation/nation": why,
    }


def test_rows_are_counted_by_table_and_an_added_one_counts(outputs, project):
    budgets = project / "data/budgets.csv"
    rows = budgets.read_text(encoding="utf-8").splitlines()
    row = next(row for row in rows if ",job_fair," in row)
    budgets.write_text("\n".join([*rows, row.replace(",total,", ",settled,")]), encoding="utf-8")
    edit(project / "data/kpis.csv", ",148,", ",149,")
    why = "data changed: budgets.csv, 1 row, kpis.csv, 1 row"
    assert changes(outputs)["2018/082201/job_fair/program"] == ("run", why)


def test_a_row_of_another_year_does_not_run_the_report_of_this_one(outputs, project):
    rows = (project / "data/kpis.csv").read_text(encoding="utf-8").splitlines()
    (row,) = [row for row in rows if row.startswith("292087,") and ",2013," in row][:1]
    edit(project / "data/kpis.csv", row + "\n", "")
    assert list(changes(outputs)) == [
        "2013/292087/government",
        "nation/nation",
        "2013/292087/comprehensive_plan/program",
    ]


def test_a_changed_rubric_runs_what_reads_rubrics(outputs, project):
    edit(project / "data/rubrics/tsukuba.toml", "\n", "\n\n")
    assert set(changes(outputs).values()) == {("run", "data changed: rubrics/tsukuba.toml")}


def test_a_changed_notebook_runs_its_own_reports_only(outputs, write_notebook):
    write_notebook("nation", "1 + 1", parameters=NATION)
    assert changes(outputs) == {"nation/nation": ("run", "notebook changed")}


def test_changed_parameters_run_the_reports_that_declare_them(outputs):
    found = changes(outputs, given={"threshold": ["0.9"]})
    assert set(found.values()) == {("run", "parameters changed")}
    assert all(path.endswith("/program") for path in found)


def test_changed_code_runs_everything(outputs, monkeypatch):
    monkeypatch.setattr(inputs, "hash_code", lambda: "other code")
    assert set(changes(outputs).values()) == {("run", "code changed")}


@pytest.mark.parametrize("name", ["pandas", "rich"])  # of every run; imported by the notebooks
def test_changed_libraries_are_named(outputs, monkeypatch, name):
    find_version = versions.metadata.version
    now = find_version(name)
    versions._find_version.cache_clear()
    monkeypatch.setattr(
        versions.metadata, "version", lambda n: "9.9" if n == name else find_version(n)
    )
    assert set(changes(outputs).values()) == {("run", f"environment changed: {name} {now} → 9.9")}
    versions._find_version.cache_clear()


def test_a_file_that_was_not_there_when_a_notebook_looked_for_it_is_seen_when_it_comes(outputs):
    (outputs.parent / "notes.txt").write_text("x")
    assert set(changes(outputs).values()) == {("run", "file changed: notes.txt")}


def test_a_page_of_another_size_is_made_again(outputs):
    (outputs / "nation/nation.html").write_bytes(b"")
    assert changes(outputs) == {"nation/nation": ("run", "output changed: nation.html")}


def test_a_changed_template_exports_again_and_runs_nothing(outputs, monkeypatch):
    monkeypatch.setattr(Inputs, "template", "other template")
    assert set(changes(outputs).values()) == {("export", "page changed")}


def test_pages_that_are_to_show_code_are_exported_again(outputs):
    steps = plan_steps(find_jobs(), outputs, Inputs(show_code=True))
    assert {(step.action, step.why) for step in steps} == {("export", "page changed")}


def test_reports_without_svg_run_again_where_it_is_wanted(outputs):
    steps = plan_steps(find_jobs(), outputs, Inputs(svg=True))
    assert {(step.action, step.why) for step in steps} == {("run", "SVG wanted")}


def test_a_report_with_svg_is_kept_where_nobody_asks_for_it(outputs, enter):
    [entry] = [entry for entry in ledger.latest(outputs) if entry["report"] == "nation/nation"]
    entry["made_from"]["svg"] = True
    enter(outputs, entry.pop("report"), **entry)
    assert changes(outputs) == {}
    wanted = plan_steps(find_jobs(), outputs, Inputs(svg=True))
    assert [step.job.path for step in wanted if step.action == "keep"] == ["nation/nation"]


def test_a_report_that_failed_runs_again(outputs, enter):
    failure = {"cell": 1, "error": "KeyError: 'x'", "source": "x"}
    enter(outputs, "nation/nation", status="failed", failure=failure)
    assert changes(outputs) == {"nation/nation": ("run", "failed last time")}


def test_a_missing_file_is_named(outputs):
    (outputs / "nation/nation.html").unlink()
    assert changes(outputs) == {"nation/nation": ("run", "output missing: nation.html")}


def test_all_reasons_are_given(outputs, project, write_notebook):
    write_notebook("nation", "1 + 1", parameters=NATION)
    edit(project / "data/kpis.csv", ",148,", ",149,")
    assert changes(outputs)["nation/nation"] == (
        "run",
        "notebook changed; data changed: kpis.csv, 1 row",
    )


def test_force_runs_what_is_up_to_date(outputs):
    assert set(changes(outputs, force=True).values()) == {("run", "forced")}


def test_the_ledger_is_read_whatever_became_of_its_last_line(outputs):
    with (outputs / ledger.NAME).open("a") as file:
        file.write('{"report": "nation/nation", "status": "fai')
    assert changes(outputs) == {}
    assert ledger.last(outputs) == {}
    ledger.append(outputs, {"site": "1"})
    assert ledger.last(outputs) == {"site": "1"}
    assert changes(outputs) == {}


def test_of_thousands_of_rows_it_is_told_that_some_are_others_and_not_how_many():
    row = "0123456789abcdef"
    few, many = shorten_rows(row * 1_000), shorten_rows(row * 1_001)
    other = shorten_rows(row * 1_000 + "f" * 16)
    assert len(many) < 100
    assert many == shorten_rows(row * 1_001)
    assert list(_compare_rows({"kpis": many}, {"kpis": many})) == []
    assert list(_compare_rows({"kpis": many}, {"kpis": other})) == ["kpis.csv"]
    assert list(_compare_rows({"kpis": few}, {"kpis": many})) == ["kpis.csv"]
    assert list(_compare_rows({"kpis": few}, {"kpis": few + row})) == ["kpis.csv, 1 row"]
