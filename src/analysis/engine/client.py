"""How a notebook's cells are judged, and what they may take, whatever runs them."""

import time
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellExecutionError
from papermill.clientwrap import PapermillNotebookClient

from analysis.engine.job import Limits

RAISES = "raises-exception"  # a tag of Jupyter
NOTHING = "NoneType"  # what the kernel says was raised when an error is of showing something
EXIT, EXITED_WELL = "SystemExit", ("", "0", "None")
BYTES_PER_MEGABYTE = 1_000_000
BYTES_OF_AN_OUTPUT = 1_000  # which each one counts beside what it holds
ARGUMENTS = [  # of a kernel
    "--log-level=50",
    "--HistoryManager.hist_file=:memory:",  # not a file that all write to
    "--InteractiveShell.enable_tip=False",  # which is drawn by chance, after the seeds
]


class StoppedError(Exception):
    """A notebook that was ended from outside, or left something running."""

    def __init__(self, reason: str, cell: int | None = None, source: str = "") -> None:
        super().__init__(reason)
        self.reason, self.cell, self.source = reason, cell, source


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client with limits to a whole notebook, which knows how the notebook ended.

    `error` is the error of the cell that failed, `ended_at` the cell with which the notebook
    ended by its author's word, `left` the commands of processes that it left running.
    """

    def __init__(self, nb_man: Any, limits: Limits, **settings: Any) -> None:
        super().__init__(nb_man, **settings)
        self.limits = limits
        self.deadline = time.monotonic() + (limits.seconds or float("inf"))
        self.most = limits.output_megabytes * BYTES_PER_MEGABYTE or float("inf")
        self.printed: float = 0
        self.error: papermill.PapermillExecutionError | None = None
        self.ended_at: int | None = None
        self.left: list[str] = []

    def run_cell(self, cell: Any, index: int) -> Any:
        """Run a cell, its outputs into it; raise CellExecutionError if it says that it failed."""
        raise NotImplementedError

    def end_kernel(self) -> None:
        """End what runs the cells: it has printed more than it may."""

    def stop(self, reason: str, index: int) -> StoppedError:
        """What to raise where a cell is ended from outside."""
        limits = self.limits
        if self.printed > self.most:
            reason = f"the notebook printed more than {limits.output_megabytes} MB (--output-limit)"
        elif time.monotonic() > self.deadline:
            reason = f"the notebook ran longer than {limits.seconds} seconds (--time-limit)"
        return StoppedError(reason, index, self.nb.cells[index].source)

    def execute_cell(self, cell: Any, cell_index: int, **settings: Any) -> Any:
        """Execute a cell; end the notebook where it fails, or asks to end.

        An error that is shown without being raised (`%run`) is a failure, too, unless the cell
        is tagged `raises-exception`, or the error is of showing something (`_repr_html_`).
        """
        try:
            executed = self.run_cell(cell, cell_index)
            shown = [o for o in cell.get("outputs", []) if o.output_type == "error"]
            if shown and RAISES not in cell.metadata.tags:
                raise CellExecutionError("", shown[0].ename, shown[0].evalue)
        except CellExecutionError as error:
            if error.ename == NOTHING:
                return cell
            shown = [o for o in cell.outputs if o.output_type == "error"]
            if error.ename == EXIT and error.evalue in EXITED_WELL:
                self.ended_at = cell_index
                cell.outputs = [o for o in cell.outputs if o not in shown]
                raise
            same = [o.evalue for o in shown if o.ename == error.ename]  # may tell more
            self.error = papermill.PapermillExecutionError(
                cell_index,
                cell.execution_count,
                cell.source,
                error.ename,
                (same or [error.evalue])[0],
                [],
            )
            raise
        return executed

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        """Count what is printed and shown; end what goes beyond its limit."""
        content = msg["content"]
        room, over = self.most - self.printed, self.printed > self.most
        self.printed += len(content.get("text", "")) + sum(
            len(value) for value in content.get("data", {}).values() if isinstance(value, str)
        )
        if "text" in content or "data" in content:
            self.printed += BYTES_OF_AN_OUTPUT
        if self.printed > self.most:
            if not over:
                self.end_kernel()
            if over or "text" not in content:
                return None
            content["text"] = content["text"][: int(room)]
        return super().process_message(msg, cell, cell_index)

    def output(self, outs: Any, msg: Any, display_id: Any, cell_index: int) -> Any:
        """Keep an output as nbclient does; one of the usual form without its slow schema."""
        kind, content = msg["msg_type"], msg["content"]
        asked_for = self.output_hook_stack[msg["parent_header"].get("msg_id")]
        if asked_for or self.clear_before_next_output or not _is_usual(kind, content):
            try:
                return super().output(outs, msg, display_id, cell_index)
            except nbformat.ValidationError as error:
                wrong = str(error).partition("\n")[0]
                raise self.stop(
                    f"a cell shows what no notebook can hold ({kind}: {wrong})", cell_index
                ) from None
        if display_id:
            shown = self._display_id_map.setdefault(display_id, {})
            shown.setdefault(cell_index, []).append(len(outs))
        fields = ("data", "metadata", "execution_count")
        output = {"output_type": kind, **{f: content[f] for f in fields if f in content}}
        outs.append(nbformat.from_dict(output))
        return outs[-1]


def _is_usual(kind: str, content: dict[str, Any]) -> bool:
    """Whether something is shown that is made of texts, as nbformat wants it."""
    fields = {"display_data": set(), "execute_result": {"execution_count"}}.get(kind)
    return (
        fields is not None
        and content.keys() - {"transient"} == {"data", "metadata", *fields}
        and isinstance(content["metadata"], dict)
        and isinstance(content.get("execution_count", 0), int)
        and all(isinstance(text, str) for text in content["data"].values())
    )
