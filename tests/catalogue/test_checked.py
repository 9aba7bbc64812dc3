import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.catalogue import SpecError, load_catalogue, load_model, loader
from planner.catalogue.checked import write_checked_specs

IMPORTS = """
import sys
from pathlib import Path
from planner.catalogue import load_catalogue, load_model
form = Path(sys.argv[1])
assert load_model("phi-4", checked=form).id == "phi-4"
assert len(load_catalogue(checked=form)) == 24
print(*sorted({"pydantic", "tomllib", "hashlib", "difflib"} & set(sys.modules)))
"""


def test_that_unchanged_specs_are_read_without_pydantic_and_toml(checked_form):
    root = Path(planner.__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(checked_form)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert run.stdout.split() == []


def test_that_the_form_has_the_same_bytes_each_time(checked_form, shipped_specs, tmp_path):
    again = tmp_path / "made" / "again.json"
    write_checked_specs(shipped_specs, again)
    assert again.read_bytes() == checked_form.read_bytes()
    assert os.listdir(again.parent) == ["again.json"]  # noqa: PTH208 - hidden files count


def test_that_an_edited_spec_is_never_answered_from_the_form(make_specs, checked_form):
    specs = make_specs({"phi-2": ('label = "2.7B"', 'label = "2.8B"'), "phi-1": ("", "")})
    assert load_model("phi-2", specs, checked=checked_form).label == "2.8B"
    assert [model.label for model in load_catalogue(specs, checked=checked_form)] == [
        "1.3B",
        "2.8B",
    ]


def test_that_an_unchanged_spec_is_answered_from_the_form(make_specs, checked_form, tmp_path):
    form = json.loads(checked_form.read_text("utf-8"))
    form["specs"]["phi-2.toml"]["spec"]["label"] = "from the form"
    changed = tmp_path / "form.json"
    changed.write_text(json.dumps(form), encoding="utf-8")
    specs = make_specs({"phi-2": ("", "")})
    assert load_model("phi-2", specs, checked=changed).label == "from the form"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b"null", b'{"specs": {}}', b"[" * 100_000],
    ids=["empty", "cut", "binary", "list", "null", "no fields", "deep"],
)
def test_that_a_broken_form_is_as_good_as_none(content, tmp_path, make_specs):
    form = tmp_path / "form.json"
    form.write_bytes(content)
    assert load_model("phi-2", make_specs({"phi-2": ("", "")}), checked=form).id == "phi-2"


@pytest.mark.parametrize(
    ("key", "value"), [("fields", "ModelSpec(id)"), ("specs", ["phi-2.toml"])]
)
def test_that_a_form_for_other_records_is_not_used(
    key, value, tmp_path, make_specs, checked_form
):
    form = json.loads(checked_form.read_text("utf-8")) | {key: value}
    changed = tmp_path / "form.json"
    changed.write_text(json.dumps(form), encoding="utf-8")
    specs = make_specs({"phi-2": ("", "")})
    assert load_model("phi-2", specs, checked=changed).label == "2.7B"


def test_that_bad_specs_leave_the_form_as_it_was(make_specs, tmp_path):
    form = tmp_path / "form.json"
    form.write_bytes(b"before")
    with pytest.raises(SpecError):
        write_checked_specs(make_specs({"phi-2": ("[shape]", "")}), form)
    assert form.read_bytes() == b"before"


def test_that_a_full_disk_leaves_the_form_as_it_was(make_specs, tmp_path, monkeypatch):
    form = tmp_path / "data" / "form.json"
    form.parent.mkdir()
    form.write_bytes(b"before")

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_checked_specs(make_specs({"phi-2": ("", "")}), form)
    assert form.read_bytes() == b"before"
    assert os.listdir(form.parent) == ["form.json"]  # noqa: PTH208 - hidden files count


def test_that_the_form_is_looked_for_beside_the_code():
    package = Path(planner.__file__).resolve().parent
    assert package / "_data" / "checked_specs.json" == loader.CHECKED_SPECS
