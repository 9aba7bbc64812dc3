import os
import sys

import pytest

from planner.hardware.disk import free_bytes_of_models_folder, models_folder


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ([".cache/huggingface/hub", ".ollama/models"], ".cache/huggingface/hub"),
        ([".ollama/models", ".lmstudio/models"], ".ollama/models"),
        ([".lmstudio/models"], ".lmstudio/models"),
        ([".cache/lm-studio/models"], ".cache/lm-studio/models"),
        ([], "."),
    ],
)
def test_that_the_first_folder_of_models_that_is_there_counts(tmp_path, there, expected):
    for name in there:
        (tmp_path / name).mkdir(parents=True)
    assert models_folder({}, tmp_path) == tmp_path / expected


@pytest.mark.parametrize("variable", ["HF_HUB_CACHE", "HF_HOME"])
def test_that_a_folder_still_to_be_made_is_on_the_disk_above_it(tmp_path, variable):
    (tmp_path / "big disk").mkdir()
    environ = {variable: str(tmp_path / "big disk" / "models" / "hub")}
    assert models_folder(environ, tmp_path / "home") == tmp_path / "big disk"


def test_that_ollamas_variable_moves_its_folder(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    assert models_folder({"OLLAMA_MODELS": str(tmp_path / "elsewhere")}, tmp_path) == (
        tmp_path / "elsewhere"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the call is that of POSIX")
def test_that_what_an_ordinary_account_may_write_is_told(tmp_path, monkeypatch):
    figures = os.statvfs(tmp_path)
    changed = (figures.f_bsize, 4096, 1000, 500, 400, *tuple(figures)[5:])
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(changed))
    # 400 blocks of 4096 bytes; 100 more are kept for the administrator.
    assert free_bytes_of_models_folder({}, tmp_path) == 400 * 4096


def test_that_a_disk_that_does_not_answer_is_unknown(tmp_path, monkeypatch):
    def refuse(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "statvfs", refuse, raising=False)
    monkeypatch.setattr("shutil.disk_usage", refuse)
    assert free_bytes_of_models_folder({}, tmp_path) is None


def test_that_an_account_without_a_home_has_no_folder(monkeypatch):
    def refuse() -> object:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("pathlib.Path.home", refuse)
    assert free_bytes_of_models_folder({}) is None
