"""The samples as pages of the artist's own, with which anything can be tried."""

from pathlib import Path

from colorstudio.core import places
from colorstudio.core.small_files import read_within


def own_samples() -> Path:
    """The folder of the artist's copies of the samples; each that is missing is copied first.

    Where that can't be, the program's own folder: hints and results lie beside pages, and that
    one takes no files where the program was installed for everybody.
    """
    from colorstudio.core.writing import write_bytes_atomic  # pillow comes with it

    bundled, own = places.resources() / "samples", places.samples_folder()
    try:
        own.mkdir(parents=True, exist_ok=True)
        for sample in bundled.iterdir():
            if sample.is_file() and not (own / sample.name).exists():
                write_bytes_atomic(own / sample.name, read_within(sample))
    except OSError:
        return bundled
    return own
