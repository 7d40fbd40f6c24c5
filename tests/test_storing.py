"""Results go to the folder they were meant for, or nowhere."""

from pathlib import Path

import pytest
from files_support import ramp

import colorstudio.jobs.storing as storing
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.mode import Mode
from colorstudio.core.request import Colored
from colorstudio.jobs.job import Job
from colorstudio.jobs.storing import OutputFolders, store


@pytest.fixture
def disks(monkeypatch: pytest.MonkeyPatch) -> dict[Path, int]:
    """Which disk a folder lies on; the real one where nothing is said."""
    told: dict[Path, int] = {}
    real = storing._disk_of
    monkeypatch.setattr(storing, "_disk_of", lambda folder: told.get(folder, real(folder)))
    return told


@pytest.mark.reliability("R21")
def test_no_folder_is_made_under_a_drive_that_goes_at_that_moment(
    tmp_path: Path, disks: dict[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    folders = OutputFolders()
    folders.prepare(drive)
    make = Path.mkdir

    def unplugged(folder: Path, *arguments: object, **named: object) -> None:
        disks[drive] = -2
        make(folder, *arguments, **named)

    monkeypatch.setattr(Path, "mkdir", unplugged)
    with pytest.raises(ColorStudioError, match="is gone") as caught:
        folders.prepare(drive / "book" / "chapter")
    assert caught.value.failure.kind is FailureKind.CANNOT_WRITE
    assert list(drive.iterdir()) == []


@pytest.mark.reliability("R21")
def test_no_result_takes_its_name_in_a_folder_that_went_while_it_was_written(
    tmp_path: Path, disks: dict[Path, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = storing.write_artwork

    def unplugged(target: Path, *arguments: object, **named: object) -> None:
        disks[target.parent] = -2
        write(target, *arguments, **named)

    monkeypatch.setattr(storing, "write_artwork", unplugged)
    page = Artwork(ramp())
    colored = Colored(page, Mode.GREYSCALE, "CPU", 0)
    with pytest.raises(ColorStudioError, match="is gone"):
        store(Job(1, Path("p"), tmp_path / "page.png"), colored, page, OutputFolders())
    assert list(tmp_path.iterdir()) == []
