"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from planner.core.errors import PlannerError
from planner.files.whole_file import write_whole


def test_that_a_file_is_replaced_through_a_link(tmp_path):
    target = tmp_path / "target.json"
    target.write_text("before")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_whole(link, "after", what="The card")
    assert target.read_text() == "after"
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.json", "target.json"]


def test_that_a_new_file_has_the_mode_that_new_files_have(tmp_path):
    usual, written = tmp_path / "usual", tmp_path / "written"
    usual.touch()
    write_whole(written, "text", what="The card")
    assert written.stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("name", ["missing/card.json", ".", "n" * 300])
def test_that_what_cannot_be_written_is_a_sentence(tmp_path, name):
    with pytest.raises(
        PlannerError, match=r"^The card .* was not written: .*\. Nothing was changed\.$"
    ):
        write_whole(tmp_path / name, "text", what="The card")
    assert list(tmp_path.iterdir()) == []


def test_that_a_pipe_is_no_place_for_a_file(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(PlannerError, match="no file is in its place"):
        write_whole(pipe, "text", what="The card")


def test_that_a_write_that_breaks_off_leaves_what_was_there(tmp_path, monkeypatch):
    card = tmp_path / "card.json"
    card.write_text("before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PlannerError, match="No space left on device"):
        write_whole(card, "after", what="The card")
    assert card.read_text() == "before"
    assert list(tmp_path.iterdir()) == [Path(card)]
