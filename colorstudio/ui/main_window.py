"""The main window: puts the panels together and connects them to the studio."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.failures import Failure, FailureKind
from colorstudio.jobs.job import JobState
from colorstudio.styles.style import Style
from colorstudio.ui.canvas_panel import CanvasPanel
from colorstudio.ui.closing import ask_to_close
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.drops import dropped_paths, take_copy
from colorstudio.ui.easel import Easel
from colorstudio.ui.empty_page import EmptyPage
from colorstudio.ui.folder_panel import FolderPanel
from colorstudio.ui.freshness import Freshness
from colorstudio.ui.habits import Habits
from colorstudio.ui.hint_wiring import HintWiring
from colorstudio.ui.icons import application_icon
from colorstudio.ui.message_bar import MessageBar
from colorstudio.ui.notifier import Notifier
from colorstudio.ui.palette_panel import PalettePanel
from colorstudio.ui.palette_wiring import PaletteWiring, is_palette
from colorstudio.ui.parts import open_at
from colorstudio.ui.queue_panel import QueuePanel
from colorstudio.ui.region_wiring import RegionWiring
from colorstudio.ui.sentences import told
from colorstudio.ui.session import Wishes
from colorstudio.ui.settings import SettingsStore
from colorstudio.ui.status_strip import StatusStrip
from colorstudio.ui.studio import Studio
from colorstudio.ui.studio_errands import Listing, picture_suffixes
from colorstudio.ui.style_tools import StyleTools, add_to_tool_bar
from colorstudio.ui.tab_order import chain
from colorstudio.ui.taking_up import TakingUp
from colorstudio.ui.task_bar import TaskBar
from colorstudio.ui.tool_bar import ToolBar
from colorstudio.ui.wording import hints_copied, name_of
from colorstudio.ui.worker_thread import Equipment

_IN_SIGHT = 40  # milliseconds after which a shown window has been painted
PATIENCE = 5000  # milliseconds that the threads are given to end after the window was closed


class MainWindow(QMainWindow):
    """Color Studio's window.

    confirm_close: asked only while a batch runs; True closes. It can be replaced, for tests.
    """

    def __init__(
        self, source: ColorizerSource | None = None, settings: SettingsStore | None = None
    ) -> None:
        super().__init__()
        self.confirm_close: Callable[[], bool] = self._ask_to_close
        self.left_in_time = True
        self._closing = False
        settings = settings or SettingsStore()
        self.studio = Studio(source, self, settings.value.wishes())
        self.tools = ToolBar(self)
        self.messages = MessageBar(self)
        self.empty_page = EmptyPage(self)
        self.canvas_panel = CanvasPanel(self)
        self.folder_panel = FolderPanel(self.studio.thumbnails, self.studio.browsing, self)
        self.easel = Easel(self.studio, self.canvas_panel.canvas.hand.color, self)
        self.hint_wiring = HintWiring(self.easel, self.canvas_panel, self)
        self.region_wiring = RegionWiring(self.studio, self.canvas_panel.canvas, self)
        self.palette_panel = PalettePanel(self)
        self.palette_wiring = PaletteWiring(self.easel, self.studio, self.palette_panel, self)
        self.queue_panel = QueuePanel(self.studio.desk, self.studio.thumbnails, self)
        self.status = StatusStrip(self)
        self.style_tools = StyleTools(self.studio, self)
        self.taking_up = TakingUp(self.studio, self)
        self.freshness = Freshness(self.studio, self)
        self.task_bar = TaskBar(self.studio.desk, self)
        self.notifier = Notifier(self)
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect_controls()
        self._connect_studio()
        self.setWindowTitle("Color Studio")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.empty_page.open_button.setFocus()
        self.setMinimumSize(QSize(960, 600))
        open_at(self, 1440, 900)
        self.habits = Habits(self, settings)
        self.habits.restore()
        chain((self.tools, self.folder_panel, self.messages, self._pages, self.palette_panel,
               self.queue_panel, self.style_tools.status_button, self.status.chip))  # fmt: skip
        self._show_wishes(self.studio.wishes)
        self.tools.show_desk(self.studio.desk)
        self._prepared = False

    def showEvent(self, event: QShowEvent) -> None:
        """Only once the window is in sight, what colours pictures is loaded."""
        super().showEvent(event)
        if not self._prepared:
            self._prepared = True
            QTimer.singleShot(_IN_SIGHT, self, self.studio.prepare)
            QTimer.singleShot(_IN_SIGHT, self, self.habits.recall_coloring)
            QTimer.singleShot(_IN_SIGHT, self, self.taking_up.look)

    # --- opening -------------------------------------------------------------------------------

    def open(self, paths: list[Path]) -> None:
        """Open pictures, folders, styles or a palette, as if they were dropped."""
        if len(paths) == 1 and is_palette(paths[0]):
            self.palette_wiring.take(paths)
            return
        rest = self.style_tools.import_files(paths)
        if rest:
            self.studio.open(rest)

    def receive(self, paths: list[Path]) -> None:
        """Open what a later start of the program was given, and come to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self._come_forward()
        self.open(paths)

    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Open a folder of pictures"))
        if chosen:
            self.studio.open_folder(Path(chosen))

    def choose_pictures(self) -> None:
        """Ask for pictures and put them in the queue."""
        patterns = " ".join(f"*{suffix}" for suffix in sorted(picture_suffixes() | BOOK_SUFFIXES))
        kinds = self.tr("Pictures and books ({patterns});;All files (*)").format(patterns=patterns)
        title = self.tr("Add pictures to the queue")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        self.studio.add_pictures([Path(name) for name in chosen])

    def choose_output(self) -> None:
        """Ask where the results go."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder for the results"))
        if chosen:
            self.studio.set_output(Path(chosen))

    def open_results(self) -> None:
        """Show the coloured pictures in the system's file manager."""
        folder = self.studio.last_output()
        if folder is not None:
            show_in_file_manager(folder)

    # --- drops ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything may be tried: what is no picture is told in a sentence after the drop."""
        take_copy(event)
        self.empty_page.invite(event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.empty_page.invite(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        self.empty_page.invite(False)
        paths = dropped_paths(event.mimeData())
        take_copy(event)
        if not event.isAccepted():
            return
        if paths:
            self.open(paths)
        else:
            sentence = self.tr(
                "Only files and folders of this computer can be dropped here. "
                "Save the picture first, then drop its file."
            )
            self.tell(Failure(FailureKind.USAGE, sentence))

    # --- telling -------------------------------------------------------------------------------

    def tell(self, failure: Failure) -> None:
        """Say what went wrong in the message bar."""
        self.messages.tell(failure)

    # --- the end -------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, then go; a running batch or training asks first."""
        busy = self.studio.desk.running or self.style_tools.why_stay()
        if not self._closing and busy and not self.confirm_close():
            event.ignore()
            return
        self.close_down()
        event.accept()

    def close_unasked(self) -> None:
        """From now on closing asks nothing: whoever closes waits for no answer."""
        self.confirm_close = lambda: True

    def close_down(self) -> None:
        """End all threads; the window is gone from the screen meanwhile."""
        if self._closing:
            return
        self._closing = True
        self.habits.keep()
        self.hide()
        self.left_in_time = self.style_tools.leave(PATIENCE)
        self.left_in_time = self.studio.leave(PATIENCE) and self.left_in_time

    def _ask_to_close(self) -> bool:
        return ask_to_close(self, self.studio.desk, self.style_tools.why_stay())

    # --- what the studio tells -----------------------------------------------------------------

    def _show_wishes(self, wishes: Wishes) -> None:
        self.queue_panel.show_wishes(wishes)
        self.tools.modes.set_value(wishes.mode)
        self.folder_panel.recursive.setChecked(wishes.recursive)

    def _place_opened(self, folder: Path | None, new_root: bool) -> None:
        self._show_work()
        self.folder_panel.show_place(folder, new_root=new_root)
        name = "" if folder is None else f"{name_of(folder)} - "
        self.setWindowTitle(f"{name}Color Studio")

    def _listed(self, listing: Listing) -> None:
        if not listing.paths:
            self.folder_panel.show_nothing(listing.reason or self.tr("No pictures here"))
            return
        facts, done, stale = listing.facts, listing.done, listing.stale
        self.folder_panel.show_pictures(listing.paths, facts, done, stale)
        if listing.changes is not None:
            return  # the same place, so the artist stays where they are
        if listing.first is not None and listing.first != self.studio.picture:
            self.studio.show_picture(listing.first)
        elif listing.first is not None:
            self.folder_panel.select(listing.first)

    def _picture_opened(self, picture: Path) -> None:
        self._show_work()
        self.canvas_panel.expect(name_of(picture))
        self.folder_panel.select(picture)

    def _show_styles(self, styles: list[Style]) -> None:
        self.tools.styles.show_styles(styles, self.studio.wishes.style)
        if not styles:
            sentence = self.tr(
                "There is no style to colour with. Install Color Studio again, or import a style."
            )
            self._style_failed(Failure(FailureKind.BAD_STYLE, sentence))

    def _style_failed(self, failure: Failure) -> None:
        self.status.show_no_device(failure.sentence)
        self.tell(failure)

    def _equipped(self, equipment: Equipment) -> None:
        self.status.show_equipment(equipment)
        self.tools.show_equipment(equipment)
        self.hint_wiring.show_equipment(equipment)
        self.palette_panel.show_supports(equipment.supports)

    def _desk_changed(self) -> None:
        self.tools.show_desk(self.studio.desk)
        if self.studio.desk.awaited:
            self.status.tell("")  # how the last batch ended is not how the next one is

    def _batch_ended(self, failure: Failure | None) -> None:
        if failure is None and not self.studio.desk.progress.ended(JobState.FAILED):
            failure = self.studio.books.failure  # then not all is done, though all is coloured
        words = self.queue_panel.pace if failure is None else told(failure.sentence)
        self.status.tell(words)
        self.notifier.tell("Color Studio", words)

    def _come_forward(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()

    def _show_work(self) -> None:
        if self._pages.currentWidget() is self.canvas_panel:
            return
        self._pages.setCurrentWidget(self.canvas_panel)
        closed = self.habits.settings.closed.split()
        for dock in self.findChildren(QDockWidget):
            dock.setVisible(dock.objectName() not in closed)
        self.folder_panel.grid.setFocus()

    # --- putting together ----------------------------------------------------------------------

    def _connect_controls(self) -> None:
        studio, tools = self.studio, self.tools
        tools.open_button.clicked.connect(self.choose_folder)
        tools.add_button.clicked.connect(self.choose_pictures)
        tools.colorize_button.clicked.connect(studio.colorize)
        tools.stop_button.clicked.connect(studio.desk.stop)
        tools.pause_button.clicked.connect(studio.toggle_pause)
        tools.styles.picked.connect(studio.set_style)
        tools.modes.chosen.connect(self.easel.choose_mode)
        self.empty_page.open_wanted.connect(self.choose_folder)
        self.empty_page.samples_wanted.connect(studio.try_samples)
        self.folder_panel.folder_chosen.connect(self._folder_chosen)
        self.folder_panel.picture_chosen.connect(studio.show_picture)
        self.folder_panel.grid.only_wanted.connect(studio.queue_only)
        self.folder_panel.grid.adding_wanted.connect(studio.add_pictures)
        self.palette_panel.color_chosen.connect(self.hint_wiring.pick_color)
        self.folder_panel.grid.hints_wanted.connect(self.easel.copy_hints)
        self.easel.hints_changed.connect(self.folder_panel.grid.set_hints_to_give)
        self.easel.copied.connect(lambda number: self.status.tell(hints_copied(number)))
        self.folder_panel.recursive_changed.connect(studio.set_recursive)
        self.queue_panel.picture_chosen.connect(studio.show_picture)
        output = self.queue_panel.output
        output.output_wanted.connect(self.choose_output)
        output.results_wanted.connect(self.open_results)
        output.format_changed.connect(lambda fmt: studio.set_results(fmt=fmt))
        output.pattern.left.connect(self.canvas_panel.canvas.setFocus)
        output.pattern_changed.connect(lambda pattern: studio.set_results(pattern=pattern))
        output.existing_changed.connect(lambda existing: studio.set_results(existing=existing))
        self.queue_panel.trial_wanted.connect(studio.try_first)
        self.queue_panel.folder_wanted.connect(show_in_file_manager)
        self.queue_panel.retry_wanted.connect(studio.retry)
        self.queue_panel.removal_wanted.connect(studio.remove)
        self.queue_panel.retry_failed_wanted.connect(studio.retry_failed)
        self.style_tools.told.connect(self.tell)

    def _connect_studio(self) -> None:
        studio = self.studio
        studio.wishes_changed.connect(self._show_wishes)
        studio.outputs_planned.connect(self.queue_panel.output.show_outputs)
        studio.outputs_added.connect(self.queue_panel.output.add_outputs)
        studio.place_opened.connect(self._place_opened)
        studio.listed.connect(self._listed)
        studio.picture_opened.connect(self._picture_opened)
        studio.recoloring.connect(self.canvas_panel.recolor)
        studio.styles_listed.connect(self._show_styles)
        studio.told.connect(self.tell)
        studio.books.settled.connect(self.messages.take_back)
        studio.preview.replied.connect(self.canvas_panel.show_reply)
        studio.preview.equipped.connect(self._equipped)
        studio.preview.style_failed.connect(self._style_failed)
        studio.desk.equipped.connect(self.status.show_equipment)  # of its style, not the chosen
        studio.desk.changed.connect(self._desk_changed)
        studio.desk.ended.connect(self._batch_ended)
        studio.desk.marked.connect(self.folder_panel.mark)
        self.notifier.clicked.connect(self._come_forward)

    def _folder_chosen(self, folder: Path) -> None:
        self.studio.open_folder(folder, new_root=False)

    def _lay_out(self) -> None:
        self.addToolBar(self.tools)
        style_tools = self.style_tools
        actions = (style_tools.styles_action, style_tools.train_action)
        add_to_tool_bar(self.tools, self.tools.styles, actions)
        self.status.addPermanentWidget(style_tools.status_button)
        self.setStatusBar(self.status)
        self._pages.addWidget(self.empty_page)
        self._pages.addWidget(self.canvas_panel)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.taking_up.bar)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(middle)
        areas = Qt.DockWidgetArea
        left = self._dock(
            "Pictures", self.tr("Pictures"), self.folder_panel, areas.LeftDockWidgetArea, 252
        )
        self._dock(
            "Palette", self.tr("Palette"), self.palette_panel, areas.RightDockWidgetArea, 328
        )
        right = self._dock(
            "Queue", self.tr("Queue"), self.queue_panel, areas.RightDockWidgetArea, 328
        )
        self.resizeDocks([left, right], [292, 360], Qt.Orientation.Horizontal)

    def _dock(
        self, name: str, title: str, panel: QWidget, area: Qt.DockWidgetArea, width: int
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setTitleBarWidget(QWidget(dock))  # the panels have headings of their own
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setWidget(panel)
        panel.setMinimumWidth(width)
        self.addDockWidget(area, dock)
        dock.hide()
        return dock


def show_in_file_manager(place: Path) -> None:
    """Open a folder, or a file in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
