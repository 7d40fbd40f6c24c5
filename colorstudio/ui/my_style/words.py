"""What a training tells, in the artist's words."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication

from colorstudio.core.failures import Failure, FailureKind, printable
from colorstudio.ui.my_style.news import FolderNews, StyleNews
from colorstudio.ui.my_style.training_run import RunState, TrainingRun
from colorstudio.ui.sentences import told

translate = QCoreApplication.translate

LEAST_GAIN: Final = 0.05
"""dB that are worth a word."""


def state_line(run: TrainingRun) -> str:
    """Where a run stands, in a few words."""
    match run.state:
        case RunState.STARTING:
            return translate("Training", "Getting ready…")
        case RunState.READING:
            done, total = run.decoded
            text = translate("Training", "Reading picture {done} of {total}…")
            return text.format(done=min(done + 1, total), total=total)
        case RunState.COMPARING:
            return translate("Training", "Comparing the pictures with each other…")
        case RunState.TRAINING if not run.step:
            return translate("Training", "Looking at the held-back pages first…")
        case RunState.TRAINING:
            return translate("Training", "Training")
        case RunState.FINISHING:
            return translate("Training", "Choosing the best, and making the style…")
        case RunState.PAUSING:
            return translate("Training", "Saving…")
        case RunState.PAUSED if not run.saved:
            return translate("Training", "Paused. Nothing is saved yet, as it had just begun.")
        case RunState.PAUSED:
            return translate("Training", "Paused. Everything is saved.")
        case RunState.CANCELLING:
            return translate("Training", "Stopping…")
        case RunState.CANCELLED:
            return translate("Training", "Cancelled. Nothing was kept.")
        case RunState.DONE:
            return translate("Training", "Done")
        case RunState.FAILED:
            return translate("Training", "Stopped")
        case RunState.BROKEN:
            return translate("Training", "Interrupted")


def enough_line(news: FolderNews) -> str:
    """Whether a folder is enough, and what to expect."""
    if news.used == 1:
        return translate(
            "Training",
            "One picture can be learnt from, but nobody will know how the style does on other "
            "pages. 10 to 30 finished pages are best.",
        )
    if news.small:
        return translate(
            "Training", "That is few. It will work, but 10 to 30 finished pages are best."
        )
    return translate("Training", "That is enough for a style of your own.")


def mixed_line() -> str:
    """What is said of a folder whose pictures have little in common."""
    return translate(
        "Training",
        "The colours differ much from page to page, so one tells little about another. "
        "A style learns best from one book, series or palette.",
    )


def failure_sentence(run: TrainingRun) -> str:
    """Why a run stands still although nobody wanted that, and what to do; "" if all is well."""
    if run.state is RunState.BROKEN:
        if run.saved:
            return translate(
                "Training",
                "The training was ended from outside, or the computer ran out of memory. "
                "What was learnt up to the last save is kept: press Continue.",
            )
        return translate(
            "Training",
            "The training was ended from outside, or the computer ran out of memory, before "
            "anything was saved. Close other programs, then start it again.",
        )
    if run.state is not RunState.FAILED or run.failure is None:
        return ""
    return in_window_words(run.failure, saved=run.saved)


def in_window_words(failure: Failure, *, saved: bool = False) -> str:
    """A failure of a child, which speaks to the command line, for those who have a window."""
    if failure.kind is FailureKind.DISK_FULL:
        if saved:
            return translate(
                "Training",
                "The disk is full, so the training was stopped. Make room, then press Continue: "
                "what was learnt is kept.",
            )
        return translate("Training", "The disk is full. Make room, then try again.")
    if failure.kind is FailureKind.NOTHING_TO_DO:
        return translate(
            "Training",
            "There is no colour picture to learn from in this folder. Choose a folder with "
            "finished, coloured pages.",
        )
    if failure.kind is FailureKind.OUT_OF_MEMORY:
        return translate(
            "Training", "There is not enough memory. Close other programs, then try again."
        )
    sentence = told(failure.sentence)
    return sentence or translate(
        "Training", "The pictures could not be looked at. Try again, or choose another folder."
    )


def result_title(news: StyleNews) -> str:
    """The headline of the result."""
    name = printable(news.name)
    if news.no_better:
        return translate("Training", "“{name}” is no better than what it grew from").format(
            name=name
        )
    return translate("Training", "“{name}” is ready").format(name=name)


def result_lines(news: StyleNews, start: str) -> list[str]:
    """What came of a training, in plain sentences."""
    lines = []
    if news.no_better:
        lines.append(_why_no_better(news.no_better))
        lines.append(
            translate("Training", "So it colours exactly as “{start}” does.").format(
                start=printable(start)
            )
        )
    elif not news.pages:
        lines.append(
            translate(
                "Training",
                "No page was held back, so how well it colours other pages is not known.",
            )
        )
    else:
        lines += gain_lines(news.before, news.after, news.pages)
    if news.ended_early and not news.no_better:
        lines.append(
            translate(
                "Training",
                "The training ended early, because more would have made it worse on pages that "
                "it has not seen. The best state was kept.",
            )
        )
    return lines


def gain_lines(before: Mapping[str, float], after: Mapping[str, float], pages: int) -> list[str]:
    """How much nearer to the artist's colours held-back pages came, for each mode."""
    lines = []
    modes = (
        ("greyscale", translate("Training", "Grey pages")),
        ("lineart", translate("Training", "Line art")),
    )
    for mode, name in modes:
        if mode not in after:
            continue
        if mode not in before:
            text = translate("Training", "{mode}: {after:.1f} dB on {pages} pages not seen before.")
            lines.append(text.format(mode=name, after=after[mode], pages=pages))
            continue
        gain = after[mode] - before[mode]
        figures = {"mode": name, "before": before[mode], "after": after[mode]}
        figures["share"] = round(100 * abs(1 - 10 ** (-gain / 20)))
        if gain > LEAST_GAIN:
            text = translate(
                "Training",
                "{mode}: the error of its colours is {share}\u00a0% smaller on pages it has not "
                "seen ({before:.1f} → {after:.1f} dB).",
            )
        elif gain < -LEAST_GAIN:
            text = translate(
                "Training",
                "{mode}: the error of its colours is {share}\u00a0% larger on pages it has not "
                "seen ({before:.1f} → {after:.1f} dB).",
            )
        else:
            text = translate(
                "Training", "{mode}: as good as before on pages it has not seen ({after:.1f} dB)."
            )
        lines.append(text.format(**figures))
    return lines


def _why_no_better(reason: str) -> str:
    words = {
        "mixed": translate(
            "Training",
            "The pictures are too mixed: train on one book, series or palette at a time.",
        ),
        "small": translate(
            "Training", "The folder is too small: add finished pages, 10 to 30 in all."
        ),
        "short": translate("Training", "The training was too short: give it more minutes."),
    }
    return words.get(reason) or translate(
        "Training",
        "The pages may be too different from each other, or from what can be learnt in this "
        "time: try more pages of one kind, or more minutes.",
    )


def unfinished_line(name: str, share: float) -> str:
    """'“My hand” stopped at 40 %', for a list of trainings to go on with."""
    return translate("Training", "“{name}” stopped at {share}\u00a0%.").format(
        name=printable(name), share=round(share * 100)
    )


def left_out_line(news: FolderNews) -> str:
    """'2 pictures are left out:', above the list of them."""
    number = len(news.left_out)
    if number == 1:
        return translate("Training", "1 picture is left out:")
    return translate("Training", "{number:,} pictures are left out:").format(number=number)


def used_line(news: FolderNews) -> str:
    """'12 pictures to learn from, 2 of them held back to judge by'."""
    if news.used == 1:
        return translate("Training", "1 picture to learn from")
    text = translate(
        "Training", "{used:,} pictures to learn from, {held:,} of them held back to judge by"
    )
    return text.format(used=news.used, held=news.held_back)


def left_out_reason(name: str, reason: str) -> str:
    """One row of what is left out."""
    return f"{name}  ·  {told(reason)}"
