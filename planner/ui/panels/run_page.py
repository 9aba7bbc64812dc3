"""How to start the plan: the command to copy, the file to download, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from planner.ui.core_texts import core_text
from planner.ui.models.run_words import (
    code_title,
    disk_sentence,
    download_size,
    download_title,
    shell_name,
    tool_name,
)
from planner.ui.widgets.code_box import CodeBox
from planner.ui.widgets.flow_layout import FlowLayout
from planner.ui.widgets.link_label import LinkLabel
from planner.ui.widgets.paste_box import PasteBox
from planner.ui.widgets.words import heading_label, note_label, show_words, words_label

if TYPE_CHECKING:
    from planner.core.launch import Launch, LaunchTool, Shell
    from planner.core.launch_start import Start
    from planner.core.published import FileComparison
    from planner.ui.models.page_values import RunValues
    from planner.ui.theme import Theme

_MOST_DOWNLOADS: Final = 4


class _Download(QWidget):
    """One published file: what it is, how large, where."""

    link_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = words_label(self)
        self._size = note_label(self)
        self._warning = note_label(self)
        self.link = LinkLabel(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self._title, self._size, self._warning, self.link):
            layout.addWidget(widget)
        self.link.wanted.connect(self.link_wanted)

    @property
    def words(self) -> str:
        """What is said of it."""
        return "\n".join((self._title.text(), self._size.text(), self._warning.text()))

    def show_file(self, found: FileComparison) -> None:
        """Show another file."""
        self._title.setText(download_title(found))
        self._size.setText(download_size(found))
        show_words(self._warning, core_text(found.warning or ""))
        self.link.show_url(found.file.url)


class RunPage(QWidget):
    """Shows `RunValues`; `command_pasted` has a command that is to become the plan."""

    command_pasted = Signal(str)
    link_wanted = Signal(str)
    controls_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._starts: dict[tuple[LaunchTool, Shell], Start] = {}
        self._shell: Shell | None = None
        self.tool_field = QComboBox()
        self.shell_field = QComboBox()
        self._tool_part = _named(self.tool_field, self.tr("Start with"))
        self._shell_part = _named(self.shell_field, self.tr("Shell"))
        self._reason = words_label(self)
        self.command = CodeBox()
        self._files: list[CodeBox] = []
        self._notes = note_label(self)
        self._download_head = heading_label(self)
        self._download_head.setText(self.tr("Download"))
        self._disk = words_label(self)
        self._downloads: list[_Download] = []
        self.paste = PasteBox(
            self.tr("Paste a command…"),
            hint=self.tr("A command of llama-server, llama-cli or vllm serve"),
            action=self.tr("Make it the plan"),
        )
        self._build()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        boxes = (control for box in (self.command, *self._files) for control in box.controls)
        links = (each.link for each in self._downloads)
        return (self.tool_field, self.shell_field, *boxes, *links, *self.paste.controls)

    @property
    def words(self) -> str:
        """All that is said beside the command."""
        labels = (self._reason, self._notes, self._disk)
        said = [label.text() for label in labels if not label.isHidden()]
        said += [each.words for each in self._downloads if not each.isHidden()]
        return "\n".join(said)

    @property
    def file_boxes(self) -> tuple[CodeBox, ...]:
        """The files that must lie beside the command."""
        return tuple(box for box in self._files if not box.isHidden())

    def show_values(self, values: RunValues) -> None:
        """Show another plan; the tool and the shell stay where they can."""
        controls = self.controls
        self._starts = {(each.tool, each.shell): each for each in values.starts}
        if self._shell is None:
            self._shell = values.usual_shell
        tools = tuple(dict.fromkeys(each.tool for each in values.starts))
        self._fill_choices(tools)
        show_words(self._reason, self._no_start(values) if not values.starts else "")
        self._show_start()
        self._show_downloads(values)
        if self.controls != controls:
            self.controls_changed.emit()

    def _no_start(self, values: RunValues) -> str:
        return core_text(values.reason) or self.tr(
            "It does not fit here, so there is nothing to start."
        )

    # ------------------------------------------------------------------- parts

    def _build(self) -> None:
        choices = FlowLayout()
        choices.addWidget(self._tool_part)
        choices.addWidget(self._shell_part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(choices)
        layout.addWidget(self._reason)
        layout.addWidget(self.command)
        self._file_room = QVBoxLayout()
        self._file_room.setSpacing(12)
        layout.addLayout(self._file_room)
        layout.addWidget(self._notes)
        layout.addSpacing(8)
        layout.addWidget(self._download_head)
        layout.addWidget(self._disk)
        self._download_room = QVBoxLayout()
        self._download_room.setSpacing(12)
        layout.addLayout(self._download_room)
        layout.addSpacing(8)
        layout.addWidget(self.paste)
        layout.addStretch(1)
        self.tool_field.currentIndexChanged.connect(self._on_choice)
        self.shell_field.currentIndexChanged.connect(self._on_choice)
        self.paste.pasted.connect(self.command_pasted)

    def _fill_choices(self, tools: tuple[LaunchTool, ...]) -> None:
        shells = tuple(dict.fromkeys(shell for _, shell in self._starts))
        _fill(self.tool_field, tools, [tool_name(each) for each in tools])
        _fill(self.shell_field, shells, [shell_name(each) for each in shells])
        if self._shell in shells:
            with QSignalBlocker(self.shell_field):
                self.shell_field.setCurrentIndex(shells.index(self._shell))

    @Slot()
    def _on_choice(self) -> None:
        controls = self.controls
        self._shell = self.shell_field.currentData()
        self._show_start()
        if self.controls != controls:
            self.controls_changed.emit()

    def _show_start(self) -> None:
        """Show what the chosen tool and shell need."""
        start = self._starts.get(
            (self.tool_field.currentData(), self.shell_field.currentData())
        )
        launch = None if start is None else start.launch
        # A program in Python is the same in every shell.
        is_python = launch is not None and launch.is_python
        self._tool_part.setVisible(start is not None)
        self._shell_part.setVisible(start is not None and not is_python)
        self.command.setVisible(launch is not None)
        self._show_files(() if launch is None else launch)
        if start is not None:
            show_words(self._reason, core_text(start.reason))
        show_words(
            self._notes, "" if launch is None else "\n".join(map(core_text, launch.notes))
        )
        if launch is not None:
            title = code_title(launch.tool, is_python=launch.is_python)
            self.command.show_code(title, launch.text)

    def _show_files(self, launch: Launch | tuple[()]) -> None:
        files = launch.files if launch else ()
        while len(self._files) < len(files):
            box = CodeBox()
            self._files.append(box)
            self._file_room.addWidget(box)
        for box in self._files[len(files) :]:
            box.hide()
        for box, file in zip(self._files, files, strict=False):
            words = self.tr("File {name}, beside the command")
            box.show_code(words.format(name=file.name), file.content.rstrip("\n"))
            box.show()

    def _show_downloads(self, values: RunValues) -> None:
        files = values.files[:_MOST_DOWNLOADS]
        has_figures = values.file is not None or bool(files)
        self._download_head.setVisible(has_figures)
        words = disk_sentence(values.file, values.disk_free_bytes)
        show_words(self._disk, words if has_figures else "")
        while len(self._downloads) < len(files):
            row = _Download(self._theme)
            row.link_wanted.connect(self.link_wanted)
            self._downloads.append(row)
            self._download_room.addWidget(row)
        for row in self._downloads[len(files) :]:
            row.hide()
        for row, found in zip(self._downloads, files, strict=False):
            row.show_file(found)
            row.show()


def _fill(field: QComboBox, values: tuple[object, ...], words: list[str]) -> None:
    """Offer values; the chosen one stays chosen where it is still offered."""
    known = [field.itemData(index) for index in range(field.count())]
    if known == list(values):
        return
    chosen = field.currentData()
    with QSignalBlocker(field):
        field.clear()
        for value, name in zip(values, words, strict=True):
            field.addItem(name, value)
        field.setCurrentIndex(values.index(chosen) if chosen in values else 0)


def _named(field: QComboBox, name: str) -> QWidget:
    """Return a field with its name over it."""
    field.setAccessibleName(name)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    holder = QWidget()
    label: QLabel = note_label(holder)
    label.setWordWrap(False)
    label.setText(name)
    label.setBuddy(field)
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    layout.addWidget(label)
    layout.addWidget(field)
    return holder
