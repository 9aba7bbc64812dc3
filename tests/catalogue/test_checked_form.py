import hashlib
import importlib.util
import sys

from planner.catalogue import checked_form


def test_that_the_digest_is_blake2():
    expected = hashlib.blake2b(b"phi", digest_size=16).hexdigest()
    assert checked_form.digest(b"phi") == expected


def test_that_a_python_without_its_own_blake2_gives_the_same_digest(monkeypatch):
    monkeypatch.setitem(sys.modules, "_blake2", None)
    spec = importlib.util.spec_from_file_location("checked_form_again", checked_form.__file__)
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again.digest(b"phi") == checked_form.digest(b"phi")


def test_that_the_fields_name_every_record():
    for name in (
        "ModelSpec(id ",
        "TransformerShape(",
        "HybridShape(",
        "TensorGroup(name shape",
    ):
        assert name in checked_form.FIELDS
