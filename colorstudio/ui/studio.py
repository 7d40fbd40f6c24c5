"""The studio: joins what the artist wants to the threads that do it. It knows no widgets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, Signal

from colorstudio.core.failures import Failure
from colorstudio.core.modes import Mode
from colorstudio.jobs.job import JobState
from colorstudio.styles.style import Style
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.book_news import BookNews
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.hint_keeper import HintKeeper
from colorstudio.ui.intake import Intake
from colorstudio.ui.latecomers import Latecomers
from colorstudio.ui.lookout import Lookout
from colorstudio.ui.planner import Planner
from colorstudio.ui.preview_worker import PreviewThread
from colorstudio.ui.records import TakenUp
from colorstudio.ui.samples import own_samples
from colorstudio.ui.session import Coloring, Drop, Wishes, common_folder, holds_results
from colorstudio.ui.starts import Starts
from colorstudio.ui.studio_errands import Listing, list_styles
from colorstudio.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from colorstudio.core.hints import HintSet


class Studio(QObject):
    """Everything the window can do, each as one method; what comes of it arrives by signal."""

    wishes_changed = Signal(object)  # Wishes
    place_opened = Signal(object, bool)  # folder or None, whether it is a new root of the tree
    listed = Signal(object)  # Listing
    picture_opened = Signal(object)  # Path whose preview is on its way
    hints_changed = Signal(object, object)  # Path and its HintSet
    recoloring = Signal()  # the picture in view is being coloured in another way
    styles_listed = Signal(object)  # list of Style
    outputs_planned = Signal(object)  # tuple of Path: where results will be
    outputs_added = Signal(object)  # tuple of Path: where others' will be, which came in
    told = Signal(object)  # Failure

    def __init__(
        self,
        source: ColorizerSource | None = None,
        parent: QObject | None = None,
        wishes: Wishes | None = None,
    ) -> None:
        super().__init__(parent)
        self.source = source = source or ColorizerSource()
        self.wishes = wishes or Wishes()
        self.usual_output: Path | None = None  # None: beside the pictures
        self.desk = BatchDesk(source, self)
        self.preview = PreviewThread(source, self)
        self.hints = HintKeeper(self)
        self.thumbnails = Thumbnails(self)
        self.browsing = ErrandThread(self)
        self._lookout = Lookout(self.browsing, self.desk.records, self)
        self._latecomers = Latecomers(self.browsing, self.desk.records, self)
        self.planning = ErrandThread(self)
        self._intake = Intake(self.planning, self)
        watch = self._lookout.watch
        self._helpers = (self.preview, self.browsing, self.planning, self.thumbnails, watch)
        self._planner = Planner(self.desk, self.planning, self)
        self.books = BookNews(self.desk, self._planner, self)
        self._starts = Starts(self.desk, self.hints, self._planner)
        self._follows = True  # what waits is just what is in view: opening another replaces it
        self._begun = False  # a batch of these inputs was started
        self._picture: Path | None = None
        self._spread_wishes()
        self.desk.written.connect(self.thumbnails.forget)
        self.hints.failed.connect(self.told)
        self._lookout.listed.connect(self._take_listing)
        self._lookout.stale.connect(self.look_again)
        self._lookout.failed.connect(self.told)
        self._latecomers.came.connect(self._queue_latecomers)
        self._planner.told.connect(self.told)
        self._intake.told.connect(self.told)
        self.books.told.connect(self.told)
        self._intake.sorted.connect(self._open_drop)
        self._planner.replaced.connect(self._planned_anew)
        self._planner.added.connect(self.outputs_added)
        self.desk.ended.connect(self._batch_ended, Qt.ConnectionType.QueuedConnection)

    # --- getting ready -------------------------------------------------------------------------

    def prepare(self) -> None:
        """List the styles and load the one in use, so that the first picture comes quickly."""
        self.planning.ask("styles", list_styles, self._take_styles, self.told.emit)

    @property
    def picture(self) -> Path | None:
        """The picture in view."""
        return self._picture

    @property
    def folder(self) -> Path | None:
        """The folder in view."""
        return self._lookout.folder

    # --- opening -------------------------------------------------------------------------------

    def open(self, paths: Sequence[Path]) -> None:
        """Open what was dropped or named: one picture, several, or folders."""
        self._intake.take(paths)

    def open_folder(self, folder: Path, *, new_root: bool = True) -> None:
        """Show a folder, or a book, and queue its pictures.

        The queue stays as it is if it holds work to go on with, or if these are results.
        """
        self.place_opened.emit(folder, new_root)
        self.thumbnails.forget_unreadable()
        self._lookout.look_into(folder, self.wishes, self._picture)
        if self._makes_way and not holds_results(folder):
            self._queue_only((folder,))

    def try_samples(self) -> None:
        """Open copies of the pictures that come with the program."""
        self.browsing.ask("samples", own_samples, self.open_folder, self.told.emit)

    def add_pictures(self, paths: Sequence[Path]) -> None:
        """Put pictures or folders in the queue beside what is there; a running batch goes on."""
        if not paths:
            return
        if self.folder is None and self._picture is None:
            self.open(paths)
            return
        self._follows = False
        self._planner.take_again(paths)
        if self.desk.running or self._begun:
            self._planner.plan_more(tuple(paths))
            self.wishes = replace(self.wishes, inputs=(*self.wishes.inputs, *paths))
            self._spread_wishes()
        else:
            self._want(inputs=tuple(dict.fromkeys((*self.wishes.inputs, *paths))))

    def queue_only(self, paths: Sequence[Path]) -> None:
        """Colour just these pictures, and nothing else that waits."""
        if self.desk.running:
            self.add_pictures(paths)
        else:
            self._queue_only(tuple(paths), follows=False)

    def show_picture(self, path: Path) -> None:
        """Preview a picture."""
        self._picture = path
        self._lookout.follow(path)
        self.picture_opened.emit(path)
        self._ask_preview()

    # --- wishes --------------------------------------------------------------------------------

    def set_style(self, name: str) -> None:
        """Colour in that style from now on; a running batch keeps the one it started with."""
        self._wish(style=name)
        self._preview_again()

    def set_mode(self, mode: Mode | None) -> None:
        """Colour in that mode from now on; None: found out per picture."""
        self._wish(mode=mode)
        self.desk.set_mode(mode)
        self._preview_again()

    def set_coloring(self, coloring: Coloring) -> None:
        """Colour with that palette and as flat as that from now on."""
        self._wish(coloring=coloring)
        self._preview_again()

    def set_hints(self, picture: Path, hints: "HintSet") -> None:
        """The artist's hints for a picture: kept beside it, and seen at once if it is in view."""
        self.hints.keep(picture, hints)
        self.hints_changed.emit(picture, hints)
        if picture == self._picture:
            self._ask_preview()

    def set_output(self, folder: Path | None) -> None:
        """Coloured pictures of what waits go there; None: beside the pictures."""
        self._want(output=folder)
        self.look_again()

    def set_results(self, **changes: Any) -> None:
        """Which results are made and how they are stored from now on: `fmt`, `pattern` (a checked
        one), `existing`, `skip_coloured`."""
        if replace(self.wishes, **changes) != self.wishes:
            self._want(**changes)
            self.look_again()

    def set_recursive(self, recursive: bool) -> None:
        """Take in the folders below, or not."""
        self._want(recursive=recursive)
        if self.folder is not None:
            self._lookout.look_into(self.folder, self.wishes, self._picture)

    # --- the batch -----------------------------------------------------------------------------

    def colorize(self) -> None:
        """Start, or go on with what was stopped."""
        self._when_ready(lambda: self.desk.start(self.wishes.style))

    def try_first(self, number: int) -> None:
        """Colour only the first pictures that wait; the others go on waiting."""
        self._when_ready(lambda: self.desk.start(self.wishes.style, number))

    def take_up(self, batch: TakenUp) -> None:
        """Go on with a batch that was interrupted, coloured as it was begun."""
        if self.desk.running:
            return
        self._follows, self._begun, self.desk.arranged = False, True, False
        self.planning.forget("plan")
        self._planner.take_all()
        self.wishes = batch.wishes
        self._spread_wishes()
        self.wishes_changed.emit(self.wishes)
        self._show_inputs([job.source for job in batch.jobs])
        self.outputs_planned.emit(tuple(dict.fromkeys(job.folder for job in batch.jobs)))
        self.desk.clear_all_but_failed()
        self.desk.make_way(batch.jobs)
        self.desk.add(batch.jobs, batch.done)
        self.prepare()  # shows the style, which may be another one
        self.desk.go_on_with(batch.batches, self.wishes.style)

    def look_for_changes(self) -> None:
        """Something that results were made of may have changed: such pictures wait again."""
        self._planner.look_for_changes()

    def toggle_pause(self) -> None:
        """Let a batch rest, or go on."""
        if self.desk.paused:
            self.desk.resume()
        else:
            self.desk.pause()

    def remove(self, ids: Sequence[int]) -> None:
        """Take jobs out of the queue; they stay out when the queue is planned anew."""
        rows = [self.desk.rows.row_of(job_id) for job_id in ids]
        self._planner.leave_out(row.job.source for row in rows if row is not None)
        self.desk.remove(ids)

    def retry(self, ids: Sequence[int]) -> None:
        """Try the pictures of these jobs again, in the present style."""
        rows = [self.desk.rows.row_of(job_id) for job_id in ids]
        sources = {row.job.source for row in rows if row is not None}
        # A plan that has to come first puts other jobs in the place of these.
        self._when_ready(lambda: self.desk.retry(self.desk.ids_of(sources), self.wishes.style))

    def retry_failed(self) -> None:
        """Try everything again that failed."""
        self.retry(self.desk.failed)

    # --- the end -------------------------------------------------------------------------------

    def begin_leaving(self) -> None:
        """Ask every thread to end; what is under way stops within one picture."""
        self.desk.begin_leaving()
        self.hints.begin_leaving()
        for thread in self._helpers:
            thread.leave()

    def leave(self, milliseconds: int) -> bool:
        """End all threads; True if they ended within that time."""
        self.begin_leaving()
        deadline = QDeadlineTimer(milliseconds)
        threads = (*self._helpers, self.hints.errands, self.hints.copying)
        ended = [bool(thread.wait(deadline)) for thread in threads]  # they look into the journal
        return self.desk.leave(deadline) and all(ended)

    def last_output(self) -> Path | None:
        """The folder that holds the results in the queue; None if there are none."""
        done = [row.job.folder for row in self.desk.rows.rows if row.state is JobState.DONE]
        return common_folder(done)

    # --- inner workings ------------------------------------------------------------------------

    @property
    def _makes_way(self) -> bool:
        """True if what is opened now takes the place of what waits.

        That just follows the view; or it was put together by hand, and nothing of it is left.
        """
        if self.desk.running:
            return False
        return self._follows or not (self.planning.busy or self.desk.outlook.to_color)

    def _open_drop(self, drop: Drop) -> None:
        if not drop.folders and len(drop.pictures) == 1:
            self._open_one(drop.pictures[0])
        elif len(drop.folders) == 1 and not drop.pictures:
            self._open_dropped_folder(drop.folders[0])
        else:
            self._open_several(drop)

    def _open_dropped_folder(self, folder: Path) -> None:
        queued = self._makes_way
        self.open_folder(folder)
        if not queued:
            self.add_pictures([folder])

    def _open_one(self, picture: Path) -> None:
        self._show_listing(Listing(None, (picture,), picture))
        if self._makes_way:
            self._queue_only((picture,))
        self.show_picture(picture)

    def _open_several(self, drop: Drop) -> None:
        paths = (*drop.folders, *drop.pictures)
        if drop.folders:
            self.place_opened.emit(drop.folders[0], True)
            self._lookout.look_into(drop.folders[0], self.wishes, self._picture)
        else:
            self._show_listing(Listing(None, drop.pictures, drop.pictures[0]))
        if self._makes_way:
            self.queue_only(paths)
        else:
            self.add_pictures(paths)

    def _show_inputs(self, pictures: Sequence[Path]) -> None:
        inputs = self.wishes.inputs
        if len(inputs) == 1 and inputs[0] not in pictures:
            self.place_opened.emit(inputs[0], True)
            self._lookout.look_into(inputs[0], self.wishes, None)
        else:
            self._show_listing(Listing(None, tuple(pictures), next(iter(pictures), None)))

    def _show_listing(self, listing: Listing) -> None:
        self.place_opened.emit(listing.folder, True)
        self._lookout.show(listing)

    def look_again(self) -> None:
        """List what is in view anew."""
        self._lookout.look_again(self.wishes)

    def _take_listing(self, listing: Listing) -> None:
        self.listed.emit(listing)
        if (changes := listing.changes) is not None:
            self.thumbnails.forget(changes.saved)
            if self._picture in changes.saved:
                self._preview_again()
        if listing.folder is None or listing.folder not in self.wishes.inputs:
            return
        fresh = self._latecomers.see(listing, during_batch=self.desk.running)
        if self.desk.running:
            return
        if not self._begun and (fresh or (changes and changes.gone)):
            self._planner.plan_anew()
        elif fresh:
            self._planner.plan_fresh(listing.folder, fresh)

    def _queue_latecomers(self, folder: Path, fresh: tuple[Path, ...]) -> None:
        if folder in self.wishes.inputs:  # they may have changed while it was looked into
            self._follows = self._follows and folder == self.folder
            self._planner.plan_fresh(folder, fresh)

    def _queue_only(self, inputs: tuple[Path, ...], *, follows: bool = True) -> None:
        self._follows = follows
        self._begun = self.desk.arranged = False
        self._planner.take_all()
        self._want(inputs=inputs, output=self.usual_output)

    def _wish(self, **changes: Any) -> None:
        self.wishes = replace(self.wishes, **changes)
        self._spread_wishes()
        self.wishes_changed.emit(self.wishes)

    def _spread_wishes(self) -> None:
        self._planner.wishes = self.wishes
        self.desk.set_wishes(self.wishes)

    def _want(self, **changes: Any) -> None:
        """Change wishes that decide what is queued, and plan anew what has not started."""
        self._wish(**changes)
        if self.wishes.inputs:
            self._planner.plan_anew()

    def _when_ready(self, start: Callable[[], None]) -> None:
        """Start as soon as that can be, unless another folder is opened meanwhile."""
        asked = set(self.wishes.inputs)

        def begin() -> None:
            if asked <= set(self.wishes.inputs):
                self._begun = True
                start()

        self._starts.ask(begin)

    def _planned_anew(self, outputs: tuple[Path, ...]) -> None:
        self._begun = False
        self.outputs_planned.emit(outputs)

    def _preview_again(self) -> None:
        if self._picture is not None:
            self.recoloring.emit()
        self._ask_preview()

    def _ask_preview(self) -> None:
        picture, wishes = self._picture, self.wishes
        hints = None if picture is None else self.hints.held(picture)
        self.preview.show_picture(picture, wishes.style, wishes.mode, wishes.coloring, hints)

    def _take_styles(self, styles: list[Style]) -> None:
        names = [style.info.name for style in styles]
        if names and self.wishes.style not in names:
            self._wish(style=names[0])
        self.styles_listed.emit(styles)
        self._preview_again()

    def _batch_ended(self, failure: Failure | None) -> None:
        self._follows = not self.desk.outlook.to_color
        self.desk.set_mode(self.wishes.mode)  # which may have been chosen since the start
        self._latecomers.batch_ended(self.wishes, self.folder)
        if failure is not None:
            self.told.emit(failure)
