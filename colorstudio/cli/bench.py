"""`colorstudio bench`: how fast this computer is, each figure beside its plain baseline.

Figures are medians with quartiles; a time stands beside its baseline's, measured in turn with
it, because machines are noisy and ratios are not.
"""

import argparse
import json
import tempfile
from pathlib import Path

from colorstudio.cli.bench_figures import Figure
from colorstudio.cli.bench_machine import machine
from colorstudio.cli.bench_rows import LONG, ROWS, Bench
from colorstudio.cli.console import complain, say, say_json
from colorstudio.core.failures import ColorStudioError, FailureKind, describe
from colorstudio.core.writing import write_bytes_atomic


def run(namespace: argparse.Namespace) -> int:
    """Measure and tell; gives the exit status: 1 where a row could not be measured at all.

    Raises ColorStudioError for an unusable style or an unknown row.
    """
    names = _chosen(namespace.only, full=namespace.full)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(namespace.style, namespace.device, Path(folder))
        about = machine() | {
            "provider": bench.colorizer.provider.name,
            "style": bench.colorizer.style.info.name,
        }
        as_object = namespace.json == "-"
        if not as_object:
            _say_machine(about)
        figures, whole = _measured(bench, names, aloud=not as_object)
    report = {"event": "bench", "machine": about, "figures": [f.as_dict() for f in figures]}
    if as_object:
        say_json(**report)
    elif namespace.json is not None:
        _write(Path(namespace.json), json.dumps(report, indent=1, ensure_ascii=False))
    return 0 if whole else 1


def _chosen(only: list[str] | None, *, full: bool) -> list[str]:
    if only is None:
        return [name for name in ROWS if full or name not in LONG]
    for name in only:
        if name not in ROWS:
            rows = ", ".join(ROWS)
            sentence = f"There is no row “{name}”. The rows are: {rows}."
            raise ColorStudioError(FailureKind.USAGE, sentence)
    return [name for name in ROWS if name in only]


def _measured(bench: Bench, names: list[str], *, aloud: bool) -> tuple[list[Figure], bool]:
    """All figures, each told when it is there; False where a row failed, which is told too."""
    figures, whole = [], True
    for name in names:
        try:
            row = ROWS[name](bench)
        except Exception as error:  # one row that can't be measured must not cost the others
            failure = describe(error)
            complain(f"{name}: {failure.sentence} {failure.detail}")
            whole = False
            continue
        figures += row
        if aloud:
            for figure in row:
                say(figure.as_line())
    return figures, whole


def _say_machine(about: dict[str, object]) -> None:
    versions = about["versions"]
    assert isinstance(versions, dict)
    say(
        f"{about['date']}: {about['processor']}, {about['cores']} cores (load {about['load']}), "
        f"{about['memory']} MiB, {about['provider']}, style {about['style']}"
    )
    say(", ".join(f"{name} {version}" for name, version in versions.items()))


def _write(target: Path, text: str) -> None:
    try:
        write_bytes_atomic(target, text.encode())
    except OSError as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
