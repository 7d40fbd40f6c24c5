"""Joins the palette panel, the easel and the files that palettes come from and go to."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.ui.easel import Easel
from colorstudio.ui.palette_panel import PalettePanel
from colorstudio.ui.session import Wishes
from colorstudio.ui.studio import Studio

if TYPE_CHECKING:
    from colorstudio.core.palette_files import Palette

_SETTLE = 60  # milliseconds: a slider on its way asks for no more pictures than can be seen


class PaletteWiring(QObject):
    """Reads and writes palettes away from the UI thread; every change can be undone."""

    def __init__(self, easel: Easel, studio: Studio, panel: PalettePanel, window: QWidget) -> None:
        super().__init__(window)
        self._easel, self._studio, self._panel, self._window = easel, studio, panel, window
        self._flat = 0.0  # that the slider stands at
        self._slide = QTimer(self)
        self._slide.setSingleShot(True)
        self._slide.setInterval(_SETTLE)
        self._slide.timeout.connect(self._take_flat)
        self._connect()
        self._show(studio.wishes)

    def take(self, paths: Sequence[Path]) -> None:
        """Take the palette from a palette file, or the colours of a finished page."""
        if len(paths) != 1 or paths[0].is_dir():
            sentence = self.tr("Drop one finished page or one palette file on the palette.")
            self._studio.told.emit(Failure(FailureKind.USAGE, sentence))
            return
        path = paths[0].absolute()
        self._studio.browsing.ask(
            "palette",
            lambda: _read(path),
            lambda palette: self._use(palette, path.name),
            self._studio.told.emit,
        )

    def choose(self) -> None:
        """Ask for a file."""
        from colorstudio.core.palette_files import PALETTE_SUFFIXES

        palettes = " ".join(f"*{suffix}" for suffix in sorted(PALETTE_SUFFIXES))
        kinds = self.tr("Palettes and pictures (*);;Palettes ({patterns})")
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Take a palette from"), "", kinds.format(patterns=palettes)
        )
        if chosen:
            self.take([Path(chosen)])

    def save(self) -> None:
        """Ask where to, and write the palette as .gpl."""
        coloring = self._easel.coloring
        palette, name = coloring.palette, Path(coloring.palette_name).stem
        if palette is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save the palette"), f"{name}.gpl", "GIMP (*.gpl)"
        )
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != ".gpl":
            target = target.with_name(target.name + ".gpl")
            if target.exists():  # that one nobody was asked about
                sentence = self.tr("There is a file of this name already. Choose another name.")
                self._studio.told.emit(Failure(FailureKind.USAGE, sentence))
                return
        self._studio.browsing.ask(
            f"saved palette {target}",
            lambda: _write(target, palette),
            lambda _: None,
            self._studio.told.emit,
        )

    def clear(self) -> None:
        """Colour without a palette again."""
        plain = replace(self._easel.coloring, palette=None, palette_name="", palette_only=False)
        self._easel.choose_coloring(plain)

    def _use(self, palette: "Palette", name: str) -> None:
        coloring = replace(self._easel.coloring, palette=palette, palette_name=name)
        self._easel.choose_coloring(coloring)

    def _only(self, only: bool) -> None:
        """Only flats can have exact colours: without any, switching it on makes flats."""
        coloring = replace(self._easel.coloring, palette_only=only)
        if only and not coloring.flat:
            coloring = replace(coloring, flat=1.0)
        self._easel.choose_coloring(coloring)

    def _slid(self, flat: float) -> None:
        self._flat = flat
        self._slide.start()

    def _take_flat(self) -> None:
        self._slide.stop()
        self._easel.choose_coloring(replace(self._easel.coloring, flat=self._flat))
        if not self._panel.flat.isSliderDown():
            self._easel.end_flow()

    def _show(self, wishes: Wishes) -> None:
        self._flat = wishes.coloring.flat if not self._slide.isActive() else self._flat
        self._panel.show_coloring(wishes.coloring, wishes.mode)

    def _connect(self) -> None:
        panel = self._panel
        panel.dropped.connect(self.take)
        panel.opening_wanted.connect(self.choose)
        panel.saving_wanted.connect(self.save)
        panel.clearing_wanted.connect(self.clear)
        panel.flat_wanted.connect(self._slid)
        panel.flat_settled.connect(self._take_flat)
        panel.only_wanted.connect(self._only)
        self._studio.wishes_changed.connect(self._show)


def is_palette(path: Path) -> bool:
    """True for a file that can be nothing but a palette; a .txt may be anything."""
    from colorstudio.core.palette_files import PALETTE_SUFFIXES

    return path.suffix.lower() in PALETTE_SUFFIXES - {".txt"}


def _read(path: Path) -> "Palette":
    from colorstudio.core.palette_files import read_palette  # cv2 and pillow come with it
    from colorstudio.jobs.guarded_reading import window_reader

    return window_reader("preview").ask(read_palette, path)


def _write(target: Path, palette: "Palette") -> None:
    from colorstudio.core.palette_files import write_palette

    write_palette(target, palette, target.stem)
