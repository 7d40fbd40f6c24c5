"""A book is tried as an artist would: trained on its first pages, judged on its last."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio.core.failures import ColorStudioError
from training.books import main, pages_of
from training.openart import read_manifest

PAGES = 9
BOOK = "red ground 0"


@pytest.fixture
def art(tmp_path: Path) -> Path:
    """A manifest with one book of a single hand: red ground below a blue sky."""
    rows = ["file,source,work,artist,licence"]
    for number in range(PAGES):
        page = np.zeros((72, 96, 3), np.uint8)
        page[:] = np.random.default_rng(number).integers(0, 40, (72, 96, 1))
        horizon = 24 + 4 * number
        page[:horizon] += np.array([40, 60, 200], np.uint8)
        page[horizon:] += np.array([200, 60, 30], np.uint8)
        Image.fromarray(page).save(tmp_path / f"page-{number}.png")
        rows.append(f"page-{number}.png,elsewhere,Red Ground,Somebody,CC BY-SA 4.0")
    (tmp_path / "manifest.csv").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def test_a_book_that_the_starter_learns_from_is_no_test_of_it(art):
    assert len(pages_of(BOOK, read_manifest(art))) == PAGES
    manifest = art / "manifest.csv"
    manifest.write_text(manifest.read_text().replace("elsewhere", "asp").replace("-SA", ""))
    assert not any(page.judged for page in read_manifest(art))
    with pytest.raises(ColorStudioError) as caught:
        pages_of(BOOK, read_manifest(art))
    assert BOOK in caught.value.failure.sentence


@pytest.mark.slow
def test_the_table_tells_what_a_books_own_style_gains(art, capfd):
    wanted = ["--art", str(art), "--minutes", "0.05", "--book", BOOK, "--json"]
    assert main(wanted) == 0
    row = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert (row["trained"], row["unseen"]) == (4, 5)
    assert row["own"] >= row["starter"] - 0.3 and row["grey"] < 20


def test_no_manifest_is_one_sentence(tmp_path, capfd):
    assert main(["--art", str(tmp_path)]) == 2
    told = capfd.readouterr().err
    assert told.count("\n") == 1 and "Traceback" not in told
