"""Whole or not at all."""

import errno
import os
import stat
import sys
import tempfile

import pytest

from planner.core.errors import PlannerError
from planner.report.writer import write_report

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def failing(monkeypatch, code):
    """Let the disk fail when the content is to be made safe."""

    def fsync(descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("planner.report.writer.os.fsync", fsync)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EROFS, "the disk can only be read"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_that_a_failing_disk_leaves_the_old_report_whole(
    make_report, tmp_path, monkeypatch, code, words
):
    file = tmp_path / "report.md"
    file.write_text("the old one", encoding="utf-8")
    failing(monkeypatch, code)
    with pytest.raises(PlannerError, match=words) as refusal:
        write_report(make_report(), str(file))
    assert str(file) in str(refusal.value)
    assert file.read_text(encoding="utf-8") == "the old one"
    assert list(tmp_path.iterdir()) == [file]


def test_that_an_interruption_leaves_nothing_behind(make_report, tmp_path, monkeypatch):
    def interrupted(descriptor):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.report.writer.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_report(make_report(), str(tmp_path / "report.md"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none/report.md", "its folder does not exist"),
        ("file.txt/report.md", "a part of its path is no folder"),
        ("folder.md", "it is a folder"),
        ("x" * 300 + ".md", "its name is too long"),
        ("a\0b.md", "null"),
    ],
)
def test_that_a_path_that_cannot_be_is_told(make_report, tmp_path, name, words):
    (tmp_path / "file.txt").touch()
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(PlannerError, match=words):
        write_report(make_report(), str(tmp_path / name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.txt", "folder.md"]


def test_that_a_folder_without_permission_is_told(make_report, tmp_path, monkeypatch):
    # root may write everywhere, so the system's refusal is played.
    def refused(**where):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    with pytest.raises(PlannerError, match="its folder may not be written to"):
        write_report(make_report(), str(tmp_path / "report.md"))


@ON_POSIX
def test_that_a_pipe_is_not_replaced(make_report, tmp_path):
    pipe = tmp_path / "report.md"
    os.mkfifo(pipe)
    with pytest.raises(PlannerError, match="not a file"):
        write_report(make_report(), str(pipe))
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@ON_POSIX
def test_that_a_link_stays_a_link_and_its_file_keeps_its_mode(make_report, tmp_path):
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_report(make_report(), str(link))
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("# Will it run?")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@ON_POSIX
def test_that_a_new_file_is_as_readable_as_any_other(make_report, tmp_path):
    other = tmp_path / "other"
    other.touch()
    write_report(make_report(), str(tmp_path / "report.json"))
    written = (tmp_path / "report.json").stat()
    assert written.st_mode == other.stat().st_mode


def test_that_an_unknown_suffix_names_those_there_are(make_report, tmp_path):
    with pytest.raises(PlannerError, match=r"\.pdf or \.png"):
        write_report(make_report(), str(tmp_path / "report.docx"))
