"""The door for `specs/published_files.toml`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.catalogue import SpecError
from planner.catalogue.checked import write_checked_specs
from planner.catalogue.published import PUBLISHED_NAME, load_published_files

ENTRY = """
[[files]]
model = "phi-2"
runtime = "llama.cpp"
quant_format = "Q4_0"
size_bytes = 1_602_463_378
publisher = "ollama"
name = "phi:latest"
url = "https://ollama.com/library/phi"
"""
IMPORTS = """
import sys
from pathlib import Path
from planner.catalogue.published import load_published_files
assert len(load_published_files(checked=Path(sys.argv[1]))) > 100
print(*sorted({"pydantic", "tomllib", "hashlib", "difflib"} & set(sys.modules)))
"""


@pytest.fixture
def make_published(make_specs):
    """Return a function that writes a file of published files beside the spec of Phi-2."""

    def make(text: str) -> Path:
        specs: Path = make_specs({"phi-2": ("", "")})
        (specs / PUBLISHED_NAME).write_text(text, encoding="utf-8")
        return specs

    return make


def problems_of(specs: Path, tmp_path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load_published_files(specs, checked=tmp_path / "absent")
    return [str(problem) for problem in caught.value.problems]


def test_that_the_shipped_files_are_the_same_from_the_form_and_from_the_toml(
    checked_form, tmp_path
):
    from_form = load_published_files(checked=checked_form)
    assert from_form == load_published_files(checked=tmp_path / "absent")
    assert len(from_form) > 100


def test_that_unchanged_files_are_read_without_pydantic_and_toml(checked_form):
    root = Path(planner.__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(checked_form)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert run.stdout.split() == []


def test_that_an_edited_file_is_never_answered_from_the_form(make_published, tmp_path):
    specs = make_published(ENTRY)
    form = tmp_path / "form.json"
    write_checked_specs(specs, form)
    assert load_published_files(specs, checked=form)[0].size_bytes == 1_602_463_378
    (specs / PUBLISHED_NAME).write_text(ENTRY.replace("378", "379"), encoding="utf-8")
    assert load_published_files(specs, checked=form)[0].size_bytes == 1_602_463_379


@pytest.mark.parametrize("key", ["fields", "digest", "records"])
def test_that_a_form_of_other_records_is_not_used(make_published, tmp_path, key):
    specs = make_published(ENTRY)
    form = tmp_path / "form.json"
    write_checked_specs(specs, form)
    raw = json.loads(form.read_text("utf-8"))
    raw["published"]["records"][0]["size_bytes"] = 1
    form.write_text(json.dumps(raw), encoding="utf-8")
    assert load_published_files(specs, checked=form)[0].size_bytes == 1
    raw["published"][key] = "other"
    form.write_text(json.dumps(raw), encoding="utf-8")
    assert load_published_files(specs, checked=form)[0].size_bytes == 1_602_463_378


def test_that_specs_without_published_files_can_be_checked(make_specs, tmp_path):
    form = tmp_path / "form.json"
    write_checked_specs(make_specs({"phi-2": ("", "")}), form)
    assert "published" not in json.loads(form.read_text("utf-8"))


def test_that_an_absent_file_is_named(make_specs, tmp_path):
    specs = make_specs({"phi-2": ("", "")})
    assert problems_of(specs, tmp_path) == [f"{PUBLISHED_NAME}: is not a file"]


def test_that_every_problem_of_every_record_is_named_at_once(make_published, tmp_path):
    wrong = (
        ENTRY.replace('"llama.cpp"', '"llamacpp"')
        + ENTRY.replace("1_602_463_378", "-1")
        + ENTRY.replace("name =", "file =")
        + ENTRY.replace("https:", "http:")
    )
    problems = problems_of(make_published('author = "me"\n' + wrong), tmp_path)
    assert problems == [
        f"{PUBLISHED_NAME}: author: is not a known key",
        (
            f"{PUBLISHED_NAME}: files[0].runtime: input should be 'llama.cpp', 'transformers', "
            "'vllm', 'mlx' or 'onnx-genai'"
        ),
        f"{PUBLISHED_NAME}: files[1].size_bytes: input should be greater than or equal to 1",
        f"{PUBLISHED_NAME}: files[2].file: is not a known key",
        f"{PUBLISHED_NAME}: files[2].name: is missing",
        (
            f"{PUBLISHED_NAME}: files[3]: url must start with https://, got "
            "'http://ollama.com/library/phi'"
        ),
    ]


def test_that_unknown_models_and_formats_and_repeated_files_are_named(make_published, tmp_path):
    text = (
        ENTRY
        + ENTRY.replace('"phi-2"', '"phi-5"')
        + ENTRY.replace('"Q4_0"', '"Q4"')
        + ENTRY.replace("378", "379")
    )
    assert problems_of(make_published(text), tmp_path) == [
        f"{PUBLISHED_NAME}: files[1].model: names no model: 'phi-5'",
        f"{PUBLISHED_NAME}: files[2].quant_format: is no format of llama.cpp: 'Q4'",
        f"{PUBLISHED_NAME}: files[3]: is the same file as files[0]",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("files = [", "is not valid TOML"), ("files = 3", "files: input should be a valid")],
)
def test_that_a_file_of_another_kind_is_refused(make_published, tmp_path, text, problem):
    (found,) = problems_of(make_published(text), tmp_path)
    assert problem in found


def test_that_a_file_of_no_records_is_empty(make_published, tmp_path):
    assert load_published_files(make_published(""), checked=tmp_path / "absent") == ()
