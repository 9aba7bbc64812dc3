"""Settings: sparse, checked, and never the reason that the window does not open."""

import errno
import json
import os
from pathlib import Path

import pytest

from planner.core.errors import PlannerError
from planner.core.plan import CacheType
from planner.core.units import GIB
from planner.settings import (
    LARGEST_FILE_BYTES,
    Scheme,
    Settings,
    load_settings,
    save_settings,
    settings_path,
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "phi-planner" / "settings.json"


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.config"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": "/c"}, "/c"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": "c"}, "/home/a/.config"),
        ("linux", {"HOME": "/home/a", "XDG_CONFIG_HOME": ""}, "/home/a/.config"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Application Support"),
    ],
)
def test_that_settings_are_in_the_systems_own_folder(platform, environ, folder):
    assert settings_path(environ, platform) == Path(folder, "phi-planner", "settings.json")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_that_a_person_without_a_home_has_defaults_and_a_note(platform):
    assert settings_path({}, platform) is None
    loaded = load_settings(None)
    assert loaded.settings == Settings()
    assert "home" in loaded.notes[0]
    save_settings(Settings(scheme=Scheme.DARK), None)


def test_that_the_tests_home_is_used(home):
    path = settings_path()
    assert path is not None
    assert path.is_relative_to(home)


def test_that_no_file_is_no_news(path):
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.notes == ()


def test_that_only_what_differs_from_the_default_is_written(path):
    chosen = Settings(
        scheme=Scheme.DARK,
        ram_reserve_bytes=4 * GIB,
        cache_type_k=CacheType.Q8_0,
        target_id="gpu1",
        context_length=8192,
    )
    save_settings(chosen, path)
    assert json.loads(path.read_bytes()) == {
        "scheme": "dark",
        "ram_reserve_bytes": 4 * GIB,
        "cache_type_k": "q8_0",
        "target_id": "gpu1",
        "context_length": 8192,
    }
    loaded = load_settings(path)
    assert loaded.settings == chosen
    assert loaded.notes == ()


def test_that_defaults_write_an_empty_object(path):
    save_settings(Settings(), path)
    assert json.loads(path.read_bytes()) == {}


def test_that_unknown_keys_are_kept_for_the_version_that_knows_them(path):
    put(path, {"scheme": "light", "telepathy": {"on": True}})
    loaded = load_settings(path)
    assert loaded.settings.scheme is Scheme.LIGHT
    assert "telepathy" in loaded.notes[0]
    save_settings(Settings(), path, unknown=loaded.unknown)
    assert json.loads(path.read_bytes()) == {"telepathy": {"on": True}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b" " * (LARGEST_FILE_BYTES + 1),
        {"scheme": "purple"},
        {"gpu_reserve_bytes": "1 GiB"},
        {"gpu_reserve_bytes": -1},
        {"gpu_reserve_bytes": 10**30},
        {"context_length": 0},
        {"parallel_sequences": True},
        {"flash_attention": 1},
        {"cache_type_k": "q9_9"},
        {"target_id": 3},
    ],
)
def test_that_a_broken_file_is_set_aside_with_a_note(path, content):
    put(path, content)
    before = path.read_bytes()
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    aside = path.with_name("settings.json.broken-1")
    assert str(aside) in loaded.notes[0]
    assert aside.read_bytes() == before
    assert not path.exists()


def test_that_who_only_looks_leaves_a_broken_file_in_place(path):
    put(path, b"{")
    loaded = load_settings(path, sets_aside=False)
    assert loaded.settings == Settings()
    assert str(path) in loaded.notes[0]
    assert path.read_bytes() == b"{"


def test_that_the_settings_of_the_first_version_are_still_understood():
    # Written once and never changed: whoever updates has such a file.
    stored = Path(__file__).parent / "data/settings/0.1.0.json"
    loaded = load_settings(stored, sets_aside=False)
    assert loaded.notes == ()
    assert loaded.settings.scheme is Scheme.DARK
    assert loaded.settings.context_length == 8192
    assert loaded.settings.cache_type_k is CacheType.Q8_0
    assert loaded.settings.gpu_reserve_bytes == GIB


def test_that_the_note_names_every_setting_that_is_wrong(path):
    put(path, {"scheme": "purple", "batch_size": "big"})
    (note,) = load_settings(path).notes
    assert "scheme" in note
    assert "batch_size" in note


def test_that_earlier_broken_files_are_not_overwritten(path):
    for number in range(1, 4):
        put(path, b"broken %d" % number)
        load_settings(path)
    kept = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    assert kept == {f"settings.json.broken-{n}": b"broken %d" % n for n in range(1, 4)}


def test_that_a_hundred_broken_files_are_enough(path):
    for number in range(1, 101):
        put(path.with_name(f"settings.json.broken-{number}"), b"")
    put(path, b"broken")
    assert "100 before" in load_settings(path).notes[0]


def test_that_a_broken_file_that_cannot_be_moved_is_told(path, monkeypatch):
    put(path, b"broken")

    def refused(self, target):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "rename", refused)
    assert "cannot be moved: Permission denied" in load_settings(path).notes[0]


def test_that_a_file_that_cannot_be_read_is_a_note(tmp_path):
    (tmp_path / "settings.json").mkdir()
    loaded = load_settings(tmp_path / "settings.json")
    assert "could not be read" in loaded.notes[0]


def test_that_a_full_disk_leaves_the_old_settings_whole(path, monkeypatch):
    save_settings(Settings(scheme=Scheme.DARK), path)

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("planner.settings.os.fsync", full)
    with pytest.raises(PlannerError, match="No space left"):
        save_settings(Settings(scheme=Scheme.LIGHT), path)
    assert load_settings(path).settings.scheme is Scheme.DARK
    assert list(path.parent.iterdir()) == [path]
