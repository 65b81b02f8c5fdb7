"""The outputs of a cell, each in the best form it has."""

from pathlib import Path

from analysis.environment import WHOLE
from analysis.page.export.cell_outputs import show_outputs
from analysis.page.export.draft import Draft


def displayed(metadata=None, **data):
    forms = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "data": forms, "metadata": metadata or {}}


def printed(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def show(*outputs, draft=None):
    return show_outputs(list(outputs), draft or Draft(Path()))


def test_what_is_printed_is_one_piece_though_standard_error_stands_between():
    assert show(printed("a\n"), printed("w", "stderr"), printed("b")) == ["<pre>a\nb</pre>"]


def test_the_best_form_is_shown():
    assert show(displayed(text_plain="x", text_markdown="**太字**")) == [
        "<p><strong>太字</strong></p>\n"
    ]
    assert show(displayed(text_plain="x", text_html="<b>y")) == [
        '<div class="output" id="output-1" tabindex="0"><b>y</b></div>'
    ]


def test_what_sosei_made_is_taken_as_it_is():
    assert show(displayed({"text/html": {WHOLE: True}}, text_html="<b>y")) == ["<b>y"]


def test_what_has_no_form_is_named_in_its_place_and_to_the_run():
    draft = Draft(Path(), cell=5)
    assert show(displayed(application_x="?"), draft=draft) == [
        '<p class="absent">この形の出力は載せられません：application/x</p>'
    ]
    assert draft.list_warnings() == ("cell 5: an output cannot be shown on a page: application/x",)


def test_an_error_is_shown_without_the_paths_of_this_machine():
    error = {"output_type": "error", "ename": "ValueError", "evalue": "壊れた"}
    trace = [f"File {Path.cwd()}/data/kpis.csv", "File /x/lib/python3.12/json/decoder.py", "終"]
    shown = show(error | {"traceback": trace})
    assert shown == ['<pre class="error">File data/kpis.csv\nFile json/decoder.py\n終</pre>']
    assert show(error | {"traceback": []}) == ['<pre class="error">ValueError: 壊れた</pre>']


def test_what_was_caught_in_a_widget_is_shown_as_any_other_output():
    state = {"outputs": [printed("中の印刷\r中の印字")]}
    models = {"state": {"w": {"model_name": "OutputModel", "state": state}}}
    draft = Draft(Path(), {"widgets": {"application/vnd.jupyter.widget-state+json": models}})
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "w"}}
    output = {"output_type": "display_data", "data": view, "metadata": {}}
    assert "<pre>中の印字</pre>" in show(output, draft=draft)[0]
