"""The bill of materials of a packaged app, and the licences beside it."""

import json

import pytest

import build_bill


@pytest.fixture
def app(tmp_path, monkeypatch):
    """An app that has pydantic, and one library that is no package."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")
    (tmp_path / "_internal/pydantic").mkdir(parents=True)
    (tmp_path / "_internal/libffi.so.8").write_bytes(b"library")
    return tmp_path


def test_that_the_bill_names_what_is_there_and_nothing_else(app):
    bill = build_bill.bill_of(app)
    parts = {str(each["bom-ref"]) for each in bill["components"]}
    assert any(each.startswith("pkg:pypi/pydantic@") for each in parts)
    assert "file:_internal/libffi.so.8" in parts
    assert not any("hypothesis" in each or "pytest" in each for each in parts)
    assert bill["metadata"]["timestamp"] == "2025-11-22T00:00:00Z"


def test_that_every_library_has_its_digest(app):
    (file,) = (each for each in build_bill.bill_of(app)["components"] if each["type"] == "file")
    # sha256 of b"library", by coreutils.
    digest = "b718f1354f7247312eca086d9a024afe5fa717ddea5adeddd6f12bcf945b2e8c"
    assert file["hashes"] == [{"alg": "SHA-256", "content": digest}]


def test_that_the_same_app_has_the_same_bill(app):
    first, second = (json.dumps(build_bill.bill_of(app)) for _ in range(2))
    assert first == second


def test_that_each_package_brings_its_licence(app):
    build_bill.write_licences(app, app / "licenses")
    found = (app / "licenses").rglob("*")
    names = {each.relative_to(app / "licenses").as_posix() for each in found}
    assert "pydantic/LICENSE" in names
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "README.md"} <= names


def test_that_an_old_text_becomes_utf_8():
    assert build_bill._as_utf8("J\xfcrgen".encode("latin-1")).decode() == "Jürgen"
    assert build_bill._as_utf8("Jürgen".encode()).decode() == "Jürgen"
