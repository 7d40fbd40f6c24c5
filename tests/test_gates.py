"""Gates over the program's own source: one door for files, and nothing that runs what it reads.

They read syntax trees, so that words in comments and texts do not count. An exception has its
reason beside it; one that is needed no more fails, too.
"""

import ast
import functools
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    [*ROOT.glob("colorstudio/**/*.py"), *ROOT.glob("training/**/*.py"), ROOT / "main.py"]
)

Found = dict[tuple[str, str], list[int]]

# --- writing -------------------------------------------------------------------------------------

IN_THE_MAKING = "a folder or file in the making, which takes its name in one step when it is whole"
TOOL = "a tool for developers, which writes nothing of an artist's"

WRITERS: dict[tuple[str, str], str] = {
    ("colorstudio/core/writing.py", "open to write"): "the door itself",
    ("colorstudio/core/writing.py", "rename"): "the door itself",
    ("colorstudio/jobs/journal_file.py", "database"): "SQLite keeps its file whole by itself",
    ("colorstudio/jobs/journal.py", "rename"): "a damaged journal is set aside",
    ("colorstudio/jobs/storing.py", "temporary"): "asks whether a folder takes files",
    ("colorstudio/styles/library.py", "rename"): "a style made beside takes its place as a whole",
    ("colorstudio/styles/library.py", "write_bytes"): IN_THE_MAKING,
    ("colorstudio/styles/package.py", "write_bytes"): IN_THE_MAKING,
    ("colorstudio/ui/style_manager/library_errands.py", "rename"): "asks the library to",
    ("colorstudio/ui/settings.py", "rename"): "damaged settings are set aside",
    ("colorstudio/ui/hint_keeper.py", "rename"): "damaged hints are set aside",
    ("colorstudio/ui/safety_net.py", "rename"): "the trace of the crash before is kept",
    ("colorstudio/ui/safety_net.py", "open to write"): "a crash writes its trace as it dies",
    ("colorstudio/cli/bench_batches.py", "save"): "into a folder of its own, which is deleted",
    ("colorstudio/cli/bench_rows.py", "save"): "into a folder of its own, which is deleted",
    ("colorstudio/ui/front_door.py", "temporary"): "asks where sockets may lie",
    ("colorstudio/cli/bench.py", "temporary"): TOOL,
    ("colorstudio/cli/bench_window.py", "temporary"): TOOL,
    ("colorstudio/cli/window_probe.py", "temporary"): TOOL,
    ("colorstudio/cli/window_probe.py", "copy"): TOOL,
    ("main.py", "write_text"): "before any package is there; a half written stamp counts as none",
    ("training/checkpoints.py", "rename"): "whole checkpoints change their names",
    (
        "training/pictures.py",
        "memory map",
    ): "decoded pictures; without their index they count as none",
    ("training/pictures.py", "open to write"): "takes the room on the disk beforehand",
    ("training/listeners.py", "open to write"): "a log, a line at a time",
    ("training/look.py", "temporary"): "decoded pictures, thrown away after the look",
    ("training/books.py", "temporary"): TOOL,
    ("training/books.py", "copy"): TOOL,
    ("training/throughput.py", "temporary"): TOOL,
    ("training/throughput.py", "save"): TOOL,
    ("training/flats_benchmark.py", "temporary"): TOOL,
    ("training/flats_benchmark.py", "save"): TOOL,
    ("training/procedural/__main__.py", "save"): TOOL,
    ("training/procedural/samples.py", "save"): TOOL,
}

OF_THE_DOOR = {"beside", "memory", "file", "buffer"}
"""What the atomic writer hands out is called so, and what lies in memory."""


NO_FILES = {"window", "self", "studio", "buffer", "archive", "library"}
"""What these open, save or rename is no file on a disk, or goes through the door in the end."""


def _is_no_file(receiver: ast.expr) -> bool:
    return ast.unparse(receiver).rpartition(".")[2].strip("()_") in NO_FILES


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _mode(call: ast.Call, place: int) -> str:
    given = [k.value for k in call.keywords if k.arg == "mode"] or call.args[place : place + 1]
    value = given[0].value if given and isinstance(given[0], ast.Constant) else "r"
    return value if isinstance(value, str) else "r"


def _writing(call: ast.Call) -> str:
    """What a call does to files, if it may change any; "" otherwise."""
    function = call.func
    if _name(function) == "open":
        return "open to write" if set("wax+") & set(_mode(call, 1)) else ""
    if not isinstance(function, ast.Attribute) or _is_no_file(function.value):
        return ""
    of, what = _name(function.value), function.attr
    known = OF_THE_DOOR & {of, *map(_name, call.args[:1])}
    if what == "open":
        place = 1 if of in ("os", "io", "zipfile", "Image", "archive", "package") else 0
        return "open to write" if set("wax+") & set(_mode(call, place)) and not known else ""
    if what in ("write_text", "write_bytes"):
        return "" if known else what
    if what in ("save", "imwrite", "savez", "tofile", "dump"):
        return "save" if call.args and not known and of != "json" else ""
    if of == "shutil":
        return "copy" if what.startswith(("copy", "move")) else ""
    if (of == "os" and what in ("rename", "replace", "link", "symlink")) or what == "rename":
        return "rename"
    if what == "replace" and len(call.args) == 1 and not call.keywords:
        return "rename"
    if of == "tempfile":
        return "temporary"
    if (of, what) == ("sqlite3", "connect"):
        return "database"
    return "memory map" if what in ("open_memmap", "memmap") else ""


# --- reading -------------------------------------------------------------------------------------

READER = "a guarded reader itself: it looks at kind and size first"
OURS = "comes with the program"

READERS: dict[tuple[str, str], str] = {
    ("colorstudio/core/small_files.py", "open"): READER,
    ("colorstudio/core/decoding.py", "Image.open"): READER,
    ("colorstudio/core/books.py", "open"): "hands the file to the guarded reader of archives",
    ("colorstudio/styles/checks.py", "open"): "a fingerprint of what passed the checks of its size",
    ("colorstudio/ui/about.py", "open"): "the last 200 kB of the log",
    ("colorstudio/ui/icons.py", "read_text"): OURS,
    ("colorstudio/cli/bench_batches.py", "Image.open"): OURS,
    ("colorstudio/cli/bench_rows.py", "Image.open"): OURS,
    ("colorstudio/cli/bench_machine.py", "read_text"): "what the system says of the machine",
    ("colorstudio/cli/bench_memory.py", "read_text"): "what the system says of a process",
    (
        "colorstudio/styles/package.py",
        "open",
    ): "an entry whose size was looked at, and no more of it",
    ("main.py", "read_text"): OURS,
    ("main.py", "read_bytes"): OURS,
    ("training/checkpoints.py", "safe_open"): "maps the file, looks at its header first",
    ("training/pictures.py", "np.load"): "maps the file, and never unpickles",
    ("training/samples.py", "open"): TOOL,
    ("training/flats_benchmark.py", "Image.open"): TOOL,
    ("training/throughput.py", "Image.open"): TOOL,
}


def _reading(call: ast.Call) -> str:
    """How a call takes a file in; "" if it does not."""
    function = call.func
    if _name(function) in ("open", "safe_open"):
        reads = _name(function) == "safe_open" or not set("wax+") & set(_mode(call, 1))
        return _name(function) if reads else ""
    if not isinstance(function, ast.Attribute) or _is_no_file(function.value):
        return ""
    of, what = _name(function.value), function.attr
    if what in ("read_text", "read_bytes", "load_model", "imread", "fromfile", "loadtxt"):
        return what
    if (of, what) in (("np", "load"), ("Image", "open"), ("json", "load"), ("onnx", "load")):
        return f"{of}.{what}"
    if what == "open" and of != "os":
        return "open" if set("rbt") >= set(_mode(call, 0)) and call.args else ""
    return ""


# --- what runs what it reads ---------------------------------------------------------------------

RUNNING = {
    *("pickle", "cPickle", "joblib", "dill", "cloudpickle", "marshal", "shelve", "yaml"),
}


def _running(node: ast.AST) -> str:
    """What would run code from data, or hand a text to a shell; "" if nothing does."""
    if isinstance(node, ast.Import):
        names = {alias.name.partition(".")[0] for alias in node.names}
        return ", ".join(sorted(names & RUNNING))
    if isinstance(node, ast.ImportFrom):
        return (
            (node.module or "").partition(".")[0]
            if (node.module or "").partition(".")[0] in RUNNING
            else ""
        )
    if not isinstance(node, ast.Call):
        return ""
    for keyword in node.keywords:
        value = getattr(keyword.value, "value", None)
        if (keyword.arg, value) in (
            ("shell", True),
            ("allow_pickle", True),
            ("weights_only", False),
        ):
            return f"{keyword.arg}={value}"
    if _name(node.func) in ("eval", "exec", "compile", "__import__"):
        return _name(node.func)
    if isinstance(node.func, ast.Attribute):
        whole = ast.unparse(node.func)
        if whole in ("torch.load", "torch.jit.load", "torch.hub.load", "torch.export.load"):
            return whole
        if whole in ("os.system", "os.popen", "np.load") and not any(
            k.arg == "allow_pickle" for k in node.keywords
        ):
            return whole
    return ""


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def found(kind: str) -> Found:
    rows: Found = {}
    for path in SOURCES:
        for call in nodes_of(path):
            if not isinstance(call, ast.Call):
                continue
            what = _writing(call) if kind == "writing" else _reading(call)
            if what:
                where = path.relative_to(ROOT).as_posix()
                rows.setdefault((where, what), []).append(call.lineno)
    return rows


@pytest.mark.reliability("R17")
@pytest.mark.parametrize(("kind", "allowed"), [("writing", WRITERS), ("reading", READERS)])
def test_files_go_through_one_door_or_have_a_reason(
    kind: str, allowed: dict[tuple[str, str], str]
) -> None:
    rows = found(kind)
    strays = [
        f"{where}:{rows[where, what]}: {what}" for where, what in sorted(rows.keys() - allowed)
    ]
    assert strays == [], "take core/writing.py or core/small_files.py, or say why not"
    assert sorted(allowed.keys() - rows) == [], "these reasons are needed no more"


@pytest.mark.reliability("R40")
def test_nothing_that_is_read_is_ever_run() -> None:
    strays = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '?')}: {what}"
        for path in SOURCES
        for node in nodes_of(path)
        if (what := _running(node))
    ]
    assert strays == []


@pytest.mark.reliability("R40")
def test_torch_is_one_that_unpickles_nothing_by_itself() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'"torch>=(\d+)\.(\d+)', project)
    assert least is not None and tuple(map(int, least.groups())) >= (2, 10)


@pytest.mark.parametrize(
    "line",
    [
        'open(path, "w")',
        'path.open("ab")',
        "path.write_text(text)",
        "image.save(target)",
        "shutil.copy(a, b)",
        "os.replace(a, b)",
        "path.replace(other)",
    ],
)
def test_the_gate_sees_who_goes_round_the_door(line: str) -> None:
    (call,) = (node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call))
    assert _writing(call)


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from joblib import load", "torch.load(path)", "np.load(path)", "eval(text)",
     "subprocess.run(text, shell=True)", "torch.load(path, weights_only=False)"],
)  # fmt: skip
def test_the_gate_sees_what_runs_what_it_reads(line: str) -> None:
    assert any(_running(node) for node in ast.walk(ast.parse(line)))
