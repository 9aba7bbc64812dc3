"""What other programs keep on a machine."""

import os
from pathlib import Path

import pytest

from planner.files.caches import CacheOwner, Walk, cache_folders, find_cached_models
from planner.files.labels import label_in_name
from planner.files.model_reader import read_model_file
from tests.files.writers import tiny_phi3, write_json, write_safetensors

DIGEST = "ab" * 32


def write_ollama(
    folder: Path, name="library/phi4-mini", tag="3.8b-q4_K_M", digest=DIGEST
) -> None:
    manifest = folder / "manifests" / "registry.ollama.ai" / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [
        {"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:" + "0" * 64},
        {"mediaType": "application/vnd.ollama.image.model", "digest": f"sha256:{digest}"},
    ]
    write_json(manifest, {"schemaVersion": 2, "layers": layers})
    blobs = folder / "blobs"
    blobs.mkdir(exist_ok=True)
    if digest == DIGEST:
        tiny_phi3().write(blobs / f"sha256-{digest}")


def found_in(owner: CacheOwner, folder: Path):
    return find_cached_models(((owner, folder),))


def test_that_ollamas_names_lead_to_its_blobs(tmp_path):
    write_ollama(tmp_path)
    write_ollama(tmp_path, name="someone/theirs", tag="latest")
    found = found_in(CacheOwner.OLLAMA, tmp_path)
    assert [(each.name, each.label) for each in found.models] == [
        ("phi4-mini:3.8b-q4_K_M", "Q4_K_M"),
        ("someone/theirs:latest", None),
    ]
    assert read_model_file(found.models[0].path).architecture == "phi3"
    assert found.models[0].size_bytes == tiny_phi3().length()
    assert found.notes == ()


def test_that_a_digest_that_is_a_path_leads_nowhere(tmp_path):
    write_ollama(tmp_path, digest="../../../etc/passwd")
    assert found_in(CacheOwner.OLLAMA, tmp_path).models == ()


def test_that_a_manifest_that_cannot_be_read_and_a_lost_blob_become_notes(tmp_path):
    write_ollama(tmp_path)
    write_ollama(tmp_path, name="library/lost", digest="cd" * 32)
    (tmp_path / "manifests" / "registry.ollama.ai" / "library" / "odd").mkdir()
    (tmp_path / "manifests/registry.ollama.ai/library/odd/tag").write_bytes(b"\xff")
    found = found_in(CacheOwner.OLLAMA, tmp_path)
    assert [each.name for each in found.models] == ["phi4-mini:3.8b-q4_K_M"]
    assert len(found.notes) == 2
    assert any("'tag' is not UTF-8" in note for note in found.notes)
    assert any("cannot be read: No such file" in note for note in found.notes)


def test_that_manifests_without_a_model_are_passed_over(tmp_path):
    write_ollama(tmp_path)
    library = tmp_path / "manifests" / "registry.ollama.ai" / "library"
    for number, value in enumerate(({}, {"layers": "x"}, {"layers": [7]}, {"layers": []})):
        (library / f"m{number}").mkdir()
        write_json(library / f"m{number}" / "tag", value)
    assert len(found_in(CacheOwner.OLLAMA, tmp_path).models) == 1


def test_that_lm_studios_files_and_parts_are_models(tmp_path):
    folder = tmp_path / "microsoft" / "phi-4-gguf"
    folder.mkdir(parents=True)
    tiny_phi3().write(folder / "phi-4-q8_0.gguf")
    for number in (1, 2):
        (folder / f"big-0000{number}-of-00002.gguf").write_bytes(b"x" * 100)
    (folder / "README.md").touch()
    found = found_in(CacheOwner.LM_STUDIO, tmp_path)
    assert {(each.name, each.size_bytes, each.label) for each in found.models} == {
        ("microsoft/phi-4-gguf/phi-4-q8_0.gguf", tiny_phi3().length(), "Q8_0"),
        ("microsoft/phi-4-gguf/big-00001-of-00002.gguf", 200, None),
    }


def test_that_the_hubs_cache_shows_one_revision_and_follows_its_links(tmp_path):
    repository = tmp_path / "models--microsoft--phi-4"
    blob = repository / "blobs" / "aa"
    blob.parent.mkdir(parents=True)
    write_safetensors(blob, {"a": ("F32", (4,))})
    for revision in ("1111", "2222"):
        snapshot = repository / "snapshots" / revision
        snapshot.mkdir(parents=True)
        (snapshot / "model.safetensors").symlink_to(blob)
    (tmp_path / "datasets--x--y" / "snapshots" / "1" / "a.gguf").parent.mkdir(parents=True)
    (tmp_path / "version.txt").touch()
    (model,) = found_in(CacheOwner.HUGGING_FACE, tmp_path).models
    assert model.name == "microsoft/phi-4"
    assert model.size_bytes == blob.stat().st_size
    assert read_model_file(model.path).tensors[0].name == "a"


def test_that_llama_cpps_cache_is_one_flat_folder(tmp_path):
    tiny_phi3().write(tmp_path / "microsoft_phi-4-gguf_phi-4-Q4_K.gguf")
    (tmp_path / "microsoft_phi-4-gguf_phi-4-Q4_K.gguf.json").write_text("{}")
    (model,) = found_in(CacheOwner.LLAMA_CPP, tmp_path).models
    assert model.name == "microsoft_phi-4-gguf_phi-4-Q4_K.gguf"


def test_that_folders_that_are_not_there_are_passed_over(tmp_path):
    found = find_cached_models(tuple((owner, tmp_path / "none") for owner in CacheOwner))
    assert (found.models, found.folders, found.notes) == ((), (), ())
    assert found_in(CacheOwner.OLLAMA, tmp_path).models == ()


def test_that_a_link_to_itself_does_not_go_round_for_ever(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    tiny_phi3().write(tmp_path / "a.gguf")
    assert len(found_in(CacheOwner.LM_STUDIO, tmp_path).models) == 1


def test_that_a_walk_ends(tmp_path):
    walk = Walk(entries_left=5)
    for number in range(9):
        (tmp_path / f"{number}.gguf").touch()
    assert len(walk.entries(tmp_path)) == 5
    assert "not read to the end" in walk.notes[0]
    assert walk.entries(tmp_path) == []


def test_that_only_so_many_models_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr("planner.files.caches.MOST_FOUND", 2)
    for number in range(3):
        tiny_phi3().write(tmp_path / f"{number}.gguf")
    found = found_in(CacheOwner.LLAMA_CPP, tmp_path)
    assert len(found.models) == 2
    assert found.notes == ("Only the first 2 of 3 models are listed.",)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_that_a_folder_that_may_not_be_read_becomes_a_note(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    assert "Permission denied" in found_in(CacheOwner.LM_STUDIO, tmp_path).notes[0]


def test_that_a_refusal_of_the_system_becomes_a_note(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("planner.files.caches.os.scandir", refuse)
    found = found_in(CacheOwner.LM_STUDIO, tmp_path)
    assert found.notes == (f"{tmp_path} cannot be read: Permission denied.",)
    assert find_cached_models(((CacheOwner.OLLAMA, Path("a\0b")),)).notes


HOME = Path("/home/somebody")


def folders(environ, platform="linux") -> dict[CacheOwner, list[str]]:
    found: dict[CacheOwner, list[str]] = {}
    for owner, folder in cache_folders(environ, HOME, platform):
        found.setdefault(owner, []).append(folder.as_posix())
    return found


def test_that_the_defaults_are_those_of_each_program():
    linux = folders({})
    assert linux[CacheOwner.OLLAMA][:2] == [
        "/home/somebody/.ollama/models",
        "/usr/share/ollama/.ollama/models",
    ]
    assert linux[CacheOwner.LM_STUDIO][0] == "/home/somebody/.lmstudio/models"
    assert linux[CacheOwner.HUGGING_FACE] == ["/home/somebody/.cache/huggingface/hub"]
    assert linux[CacheOwner.LLAMA_CPP] == ["/home/somebody/.cache/llama.cpp"]
    mac = folders({}, "darwin")
    assert mac[CacheOwner.OLLAMA] == ["/home/somebody/.ollama/models"]
    assert mac[CacheOwner.LLAMA_CPP] == ["/home/somebody/Library/Caches/llama.cpp"]
    windows = folders({"LOCALAPPDATA": "/local"}, "win32")
    assert windows[CacheOwner.LLAMA_CPP] == ["/local/llama.cpp"]
    assert folders({}, "win32")[CacheOwner.LLAMA_CPP] == [
        "/home/somebody/AppData/Local/llama.cpp"
    ]


@pytest.mark.parametrize(
    ("name", "value", "owner", "folder"),
    [
        ("OLLAMA_MODELS", "/m", CacheOwner.OLLAMA, "/m"),
        ("HF_HUB_CACHE", "/m", CacheOwner.HUGGING_FACE, "/m"),
        ("HUGGINGFACE_HUB_CACHE", "/m", CacheOwner.HUGGING_FACE, "/m"),
        ("HF_HOME", "/m", CacheOwner.HUGGING_FACE, "/m/hub"),
        ("XDG_CACHE_HOME", "/m", CacheOwner.HUGGING_FACE, "/m/huggingface/hub"),
        ("XDG_CACHE_HOME", "/m", CacheOwner.LLAMA_CPP, "/m/llama.cpp"),
        ("LLAMA_CACHE", "/m", CacheOwner.LLAMA_CPP, "/m"),
    ],
)
def test_that_a_variable_replaces_the_default(name, value, owner, folder):
    assert folders({name: value})[owner] == [folder]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("phi-4-Q4_K_M.gguf", "Q4_K_M"),
        ("3.8b-mini-instruct-4k-q4_K_M", "Q4_K_M"),
        ("Phi-3-mini-4k-instruct-fp16.gguf", None),
        ("phi-2.IQ2_XXS.gguf", "IQ2_XXS"),
        ("phi-4-UD-Q8_K_XL.gguf", None),
        ("f16-then-q8_0.gguf", "Q8_0"),
        ("latest", None),
    ],
)
def test_that_a_quant_format_is_seen_in_a_name(name, label):
    assert label_in_name(name) == label
