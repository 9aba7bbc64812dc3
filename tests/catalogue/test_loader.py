import os
from pathlib import Path

import pytest

from planner.catalogue import SpecError, load_card, load_catalogue, load_model
from planner.catalogue.loader import LARGEST_SPEC_BYTES
from planner.core.errors import PlannerError, UnknownNameError

ABSENT = Path("no") / "such" / "form.json"


def problems_in(specs: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load_catalogue(specs, checked=ABSENT)
    return [str(problem) for problem in caught.value.problems]


def test_that_every_problem_of_every_file_is_told_at_once(make_specs):
    specs = make_specs(
        {
            "phi-1": ("layer_count = 24", "layer_count = 0\nlayers = 24"),
            "phi-2": ('architecture = "phi"', 'architecture = "fly"'),
            "phi-4": ('support = "full"', "support = 1"),
            "phi-silica": ('licence = "', 'license = "'),
        }
    )
    text = "\n".join(problems_in(specs))
    assert problems_in(specs) == sorted(problems_in(specs))
    assert "phi-1.toml: shape.layer_count: input should be greater than or equal to 1" in text
    assert "phi-1.toml: shape.layers: is not a known key" in text
    assert "phi-2.toml: shape.architecture: input should be 'phi', 'phi3'" in text
    assert 'phi-4.toml: runtimes."llama.cpp".support: ' in text
    assert "phi-silica.toml: card.licence: is missing" in text
    assert "phi-silica.toml: card.license: is not a known key" in text


def test_that_the_error_says_how_many_problems_there_are_and_what_to_do(make_specs):
    specs = make_specs({"phi-2": ("layer_count = 32", "")})
    with pytest.raises(PlannerError) as caught:
        load_catalogue(specs, checked=ABSENT)
    assert str(caught.value) == (
        "The model specs cannot be used: 1 problem.\n"
        "  phi-2.toml: shape.layer_count: is missing\n"
        "Correct the files, or reinstall Phi Planner if you did not change them."
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "layer_count = 32",
            'layer_count = "32"',
            "shape.layer_count: input should be a valid",
        ),
        (
            "layer_count = 32",
            "layer_count = true",
            "shape.layer_count: input should be a valid",
        ),
        (
            "layer_count = 32",
            "layer_count = 32.0",
            "shape.layer_count: input should be a valid",
        ),
        ("layer_count = 32", "layer_count = -1", "shape.layer_count: input should be greater"),
        ("head_dim = 80", "head_dim = 16", "shape: rotary_dim (32) must not exceed head_dim"),
        (
            "tied_embeddings = false",
            "tied_embeddings = 0",
            "shape.tied_embeddings: input should",
        ),
        ('id = "phi-2"', 'id = "phi-3"', "id: is 'phi-3', which is not the file's name"),
        ('id = "phi-2"', "id = 2", "id: input should be a valid string"),
        ("[shape]", "[[shape]]", "shape: "),
        ("theta = 10_000.0", "theta = nan", "holds a value of no use"),
        ("layer_count = 32", "layer_count = 32 32", "is not valid TOML: "),
        ("layer_count = 32", f"layer_count = {'9' * 5000}", "is not valid TOML: "),
        ("layer_count = 32", f"layer_count = 0x{'f' * 5000}", "holds a value of no use"),
        ("layer_count = 32", f"layer_count = {'[' * 5000}", "is nested too deeply"),
        ("", "id = 'twice'\n", "is not valid TOML: "),
    ],
)
def test_that_a_bad_file_is_refused_with_the_key_and_the_reason(old, new, problem, make_specs):
    told = problems_in(make_specs({"phi-2": (old, new)}))
    assert any(line.startswith(f"phi-2.toml: {problem}") for line in told), told


def test_that_a_place_in_a_list_is_told_by_its_number(make_specs):
    specs = make_specs({"phi-3-vision-128k": ("shape = [1024, 3,", "shape = [1024, 0,")})
    (line,) = problems_in(specs)
    assert line.startswith("phi-3-vision-128k.toml: components[0].tensors[1].shape[1]: input ")


def test_that_a_file_without_a_card_is_refused(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    file = specs / "models" / "phi-2.toml"
    file.write_text(file.read_text("utf-8").partition("\n[card]\n")[0], encoding="utf-8")
    assert problems_in(specs) == ["phi-2.toml: card: is missing"]


def test_that_a_syntax_error_names_its_line(make_specs):
    (line,) = problems_in(make_specs({"phi-2": ('name = "Phi-2"', "name = ")}))
    assert "(at line 4, column " in line


def test_that_text_in_another_encoding_is_refused_with_its_line(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    file = specs / "models" / "phi-2.toml"
    file.write_bytes(file.read_bytes().replace(b'name = "Phi-2"', b'name = "Phi-\xff2"'))
    assert problems_in(specs) == ["phi-2.toml: is not UTF-8 text (at line 4)"]


def test_that_a_toml_date_may_stand_without_quotes(make_specs):
    specs = make_specs({"phi-2": ('released = "2023-12-12"', "released = 2023-12-12")})
    assert load_model("phi-2", specs, checked=ABSENT).released == "2023-12-12"


def test_that_two_models_cannot_share_a_name(make_specs):
    specs = make_specs(
        {
            "phi-1": ("", ""),
            "phi-2": ('repository = "microsoft/phi-2"', 'repository = "x/PHI-1"'),
        }
    )
    assert problems_in(specs) == ["phi-2.toml: 'phi-1' also names phi-1.toml"]


def test_that_a_copy_under_another_file_name_is_refused(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    copy = specs / "models" / "phi-2-copy.toml"
    copy.write_bytes((specs / "models" / "phi-2.toml").read_bytes())
    assert problems_in(specs) == [
        "phi-2-copy.toml: id: is 'phi-2', which is not the file's name"
    ]


def test_that_a_file_too_large_for_a_spec_is_refused(make_specs):
    comment = "#" * LARGEST_SPEC_BYTES + "\n"
    specs = make_specs({"phi-2": ("", comment)})
    assert problems_in(specs) == ["phi-2.toml: is larger than 256 KiB"]


def test_that_a_folder_in_the_place_of_a_file_is_refused(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    (specs / "models" / "folder.toml").mkdir()
    assert problems_in(specs) == ["folder.toml: is not a file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a system with named pipes")
def test_that_a_named_pipe_does_not_keep_us_waiting(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    os.mkfifo(specs / "models" / "pipe.toml")
    assert problems_in(specs) == ["pipe.toml: is not a file"]


def test_that_a_file_that_cannot_be_read_is_named_with_the_reason(make_specs, monkeypatch):
    specs = make_specs({"phi-2": ("", "")})

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert problems_in(specs) == ["phi-2.toml: cannot be read: Permission denied"]


def test_that_a_missing_folder_is_a_problem_of_its_own(tmp_path):
    (line,) = problems_in(tmp_path)
    assert line == f"{tmp_path / 'models'}: cannot be read: No such file or directory"


def test_that_an_empty_folder_is_a_problem_of_its_own(tmp_path):
    (tmp_path / "models").mkdir()
    assert problems_in(tmp_path) == [f"{tmp_path / 'models'}: holds no .toml file"]


def test_that_a_note_beside_the_specs_is_left_alone(make_specs):
    specs = make_specs({"phi-2": ("", "")})
    (specs / "models" / "README.md").write_text("not a spec", encoding="utf-8")
    assert [model.id for model in load_catalogue(specs, checked=ABSENT)] == ["phi-2"]


def test_that_one_model_is_read_where_another_file_is_broken(make_specs):
    specs = make_specs({"phi-1": ("layer_count", "layer count"), "phi-2": ("", "")})
    assert load_model("phi-2", specs, checked=ABSENT).label == "2.7B"


@pytest.mark.parametrize("name", ["Phi-2", "MICROSOFT/phi-2", "microsoft/phi-2", "phi-2"])
def test_that_one_model_is_found_by_any_of_its_names(name, make_specs):
    assert load_model(name, make_specs({"phi-2": ("", "")}), checked=ABSENT).id == "phi-2"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../phi-2", "phi-2.toml", "phi-2\0", "x" * 5000, "models/phi-2"]
)
def test_that_a_name_is_never_taken_for_a_path(name, make_specs):
    with pytest.raises(UnknownNameError):
        load_model(name, make_specs({"phi-2": ("", "")}), checked=ABSENT)


def test_that_a_card_is_found_by_the_names_of_its_model():
    assert load_card("microsoft/phi-2") == load_card("phi-2")


def test_that_an_unknown_card_offers_the_nearest_names():
    with pytest.raises(UnknownNameError, match="phi-2"):
        load_card("phi2")
