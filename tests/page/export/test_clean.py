"""Text from a notebook, as it may be shown anywhere."""

from analysis.batch.outputs import open_work
from analysis.page.export.clean import clean_text


def test_text_is_shown_without_escapes_and_paths_of_the_machine_and_cut(project):
    kernel = "/tmp/sosei-ab12cd34/kernel.json"
    work = f"{open_work(project / 'outputs')}/2018/own/0a1b2c3d/figures/own_x.png"
    said = f"\x1b[1;31mno\x1b[0m \x1b]8;;http://x\x07{project}/data/kpis.csv: {work} {kernel}\r\n"
    assert clean_text(said) == "no data/kpis.csv: figures/own_x.png kernel.json\n"
    assert clean_text(f"in {project}") == "in ."
    assert clean_text(f"{project}-old/x") == f"{project}-old/x"
    assert clean_text("長" * 3_000, 100) == "長" * 99 + "…"
