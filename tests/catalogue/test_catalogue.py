import pytest

from planner.catalogue import Catalogue, load_catalogue
from planner.core.errors import UnknownNameError
from planner.core.model_spec import ModelSpec, RuntimeSupport, Support


@pytest.fixture(scope="module")
def catalogue(checked_form) -> Catalogue:
    return load_catalogue(checked=checked_form)


@pytest.mark.parametrize(
    ("name", "model_id"),
    [
        ("phi-4", "phi-4"),
        ("PHI-4", "phi-4"),
        (" phi-4 ", "phi-4"),
        ("Phi-3-mini-4k-instruct", "phi-3-mini-4k"),
        ("phi-3-MINI-4k-INSTRUCT", "phi-3-mini-4k"),
        ("microsoft/phi-1_5", "phi-1.5"),
        ("phi-1_5", "phi-1.5"),
        ("Microsoft/Phi-4-Mini-Instruct", "phi-4-mini"),
        ("Phi Silica", "phi-silica"),
    ],
)
def test_that_a_model_answers_to_id_name_and_repository(name, model_id, catalogue):
    assert catalogue.find(name).id == model_id


@pytest.mark.parametrize(
    "part", ["", "phi", "phi-3", "phi-4-", "phi-4-mini-ins", "microsoft/", "mini", "-4", "*"]
)
def test_that_a_part_of_a_name_names_nothing(part, catalogue):
    with pytest.raises(UnknownNameError):
        catalogue.find(part)


def test_that_the_nearest_names_are_offered(catalogue):
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("phi4")
    text = str(caught.value)
    assert text.startswith("There is no model named 'phi4'. Did you mean phi-4, ")
    assert " or phi-" in text
    assert text.endswith("? `phi-planner models` lists all.")


def test_that_a_name_far_from_all_gets_no_suggestion(catalogue):
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("zzz")
    assert str(caught.value) == "There is no model named 'zzz'. `phi-planner models` lists all."


def test_that_an_absurdly_long_name_is_cut_in_the_answer(catalogue):
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("phi-4" * 100_000)
    assert len(str(caught.value)) < 200


def test_that_control_characters_in_a_name_do_not_reach_the_terminal(catalogue):
    with pytest.raises(UnknownNameError) as caught:
        catalogue.find("phi-4\x1b[2J")
    assert "\x1b" not in str(caught.value)


def test_that_a_single_suggestion_stands_alone():
    support = RuntimeSupport(support=Support.FULL, source="https://example.org")
    only = ModelSpec(
        id="alpha", name="Alpha", label="1B", released="2024", description="A model.",
        runtimes={"mlx": support},
    )  # fmt: skip
    with pytest.raises(UnknownNameError, match=r"Did you mean alpha\? "):
        Catalogue((only,)).find("alpa")


def test_that_a_catalogue_counts_and_lists_its_models(catalogue):
    assert len(catalogue) == 24
    assert [model.id for model in catalogue] == [model.id for model in catalogue.models]
