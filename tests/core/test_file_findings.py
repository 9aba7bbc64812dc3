"""What is said about a file."""

from dataclasses import replace

import pytest

from planner.core.file_findings import FindingKind, findings
from planner.core.gguf_layout import TensorLayout
from planner.core.inspection import inspect_model_file
from planner.core.model_file import FileKind, Label, ModelFile
from planner.core.plan import PlanOptions
from planner.core.quant_mix import MixRules
from tests.core.model_files import checkpoint_file, foreign_shape, gguf_file, stored_as


@pytest.fixture
def said(catalogue):
    """The sentences about a file, by kind."""

    def about(file: ModelFile) -> dict[FindingKind, list[str]]:
        seen = inspect_model_file(file, catalogue.values(), PlanOptions())
        texts: dict[FindingKind, list[str]] = {}
        for each in seen.findings:
            texts.setdefault(each.kind, []).append(each.text)
        return texts

    return about


def test_that_a_file_of_2024_is_told_from_todays(said, phi_4):
    texts = said(gguf_file(phi_4, "Q4_K_M", rules=MixRules.MAY_2024))
    (resembles,) = texts[FindingKind.RESEMBLANCE]
    assert resembles.startswith("Same shape as Phi-4, Phi-4-reasoning")
    (rules,) = texts[FindingKind.RULES]
    assert "attn_qkv is Q5_K here and Q6_K under current rules (20 layers)" in rules
    assert rules.endswith("made by 2024-05 or 2023-12 rules.")
    assert set(texts) == {FindingKind.RESEMBLANCE, FindingKind.RULES}


def test_that_a_file_of_today_is_said_to_be_plain(said, phi_4):
    plain = said(gguf_file(phi_4, "Q4_K_M"))
    assert plain[FindingKind.RULES] == [
        "Every tensor has the type that today's quantiser chooses for Q4_K_M."
    ]
    imatrix = said(gguf_file(phi_4, "IQ4_XS", imatrix=True))
    assert imatrix[FindingKind.RULES][0].endswith("for IQ4_XS with an importance matrix.")


def test_that_an_embedding_kept_in_q8_0_is_named(said, phi_4):
    texts = said(stored_as(gguf_file(phi_4, "Q4_K_M"), "token_embd", "Q8_0"))
    (text,) = texts[FindingKind.MIX]
    assert text == (
        "Not a plain Q4_K_M, which is the nearest: token_embd is Q8_0 here and Q4_K in a plain "
        "Q4_K_M."
    )
    assert FindingKind.RULES not in texts


def test_that_a_layout_is_named_where_it_is_another(said, phi_4):
    texts = said(gguf_file(phi_4, "Q8_0", layout=TensorLayout.SPLIT))
    assert "in the split layout" in texts[FindingKind.RESEMBLANCE][0]


def test_that_a_label_far_from_the_bits_is_a_lie(catalogue, said):
    # An Ollama Phi-4-mini-reasoning labelled Q4_K_M has 6.56 bits per weight: its Q6_K.
    model = catalogue["phi-4-mini-reasoning"]
    label = Label(source="general.file_type", quant_format="Q4_K_M")
    file = replace(gguf_file(model, "Q6_K"), labels=(label,))
    (text,) = said(file)[FindingKind.LABEL]
    assert "says Q4_K_M, but the tensors take 6.56 bits per weight" in text
    assert "where Q4_K_M takes 5.18" in text
    assert text.endswith("The tensors come nearest to Q6_K.")


def test_that_a_second_label_is_judged_by_its_usual_type_alone(said, phi_4):
    file = gguf_file(phi_4, "Q4_K_M")
    honest = Label(source="the file's name", quant_format="Q4_K_M")
    lying = Label(source="the file's name", quant_format="Q8_0")
    assert FindingKind.LABEL not in said(replace(file, labels=(*file.labels, honest)))
    (text,) = said(replace(file, labels=(*file.labels, lying)))[FindingKind.LABEL]
    assert "Q8_0 takes 8.50 and somewhat more" in text


def test_that_labels_of_unknown_formats_or_without_tensors_say_nothing(said, phi_4):
    file = gguf_file(phi_4, "Q4_K_M")
    unknown = Label(source="general.file_type", quant_format="MXFP4_MOE")
    assert FindingKind.LABEL not in said(replace(file, labels=(unknown,)))
    empty = ModelFile(
        kind=FileKind.CONFIG, name="a", file_names=("a",), labels=(replace(unknown),)
    )
    assert FindingKind.LABEL not in said(empty)


def test_that_a_foreign_model_with_a_lying_label_is_noticed_too():
    from planner.core.model_file import FileTensor

    file = ModelFile(
        kind=FileKind.GGUF,
        name="a",
        file_names=("a",),
        tensors=(FileTensor("token_embd.weight", (256, 256), "Q8_0", 69_632),),
        shape=foreign_shape(),
        labels=(Label(source="general.file_type", quant_format="Q4_K_M"),),
    )
    texts = [each.text for each in findings(file, None, None, usual_bits=None)]
    assert texts[0] == "No model of the catalogue has tensors like these."
    assert "8.50 bits per weight where Q4_K_M takes 4.50 and somewhat more." in texts[1]


def test_that_tensors_of_other_shapes_are_listed_up_to_three(said, phi_4):
    file = gguf_file(phi_4, "Q8_0")

    def without(count: int) -> ModelFile:
        return replace(file, tensors=file.tensors[count:])

    (one,) = said(without(1))[FindingKind.RESEMBLANCE]
    assert "but 1 tensor differs: token_embd.weight is missing here." in one
    (five,) = said(without(5))[FindingKind.RESEMBLANCE]
    assert "but 5 tensors differ: " in five
    assert five.endswith("and 2 more.")
    odd = (
        replace(file.tensors[0], shape=(100_384, 5120)),
        replace(file.tensors[1], name="extra.weight"),
        *file.tensors[2:],
    )
    (text,) = said(replace(file, tensors=odd))[FindingKind.RESEMBLANCE]
    assert "token_embd.weight is 100,384 x 5,120 here and 100,352 x 5,120 there" in text
    assert "extra.weight is only here" in text


def test_that_many_kinds_of_difference_are_cut_short(said, phi_4):
    file = gguf_file(phi_4, "Q4_K_M")
    for part, storage in (
        ("token_embd", "Q8_0"),
        ("output", "Q8_0"),
        ("attn_qkv", "F16"),
        ("attn_output", "Q5_K"),
    ):
        file = stored_as(file, part, storage)
    assert "more kinds" in said(file)[FindingKind.MIX][0]


def test_that_metadata_which_no_tensor_shows_is_compared(said, phi_4):
    file = gguf_file(phi_4, "Q8_0")
    odd = replace(
        phi_4.shape, position_limit=131_072, context_length_limit=131_072, rope_theta=1e4
    )
    texts = said(replace(file, shape=odd))[FindingKind.METADATA]
    assert texts == [
        "The file's context limit is 131,072; the catalogue's is 16,384 or 32,768.",
        "The file's rope theta is 10,000.0; the catalogue's is 250,000.0 or 500,000.0.",
    ]
    # A config without theta claims nothing; a foreign shape is not compared.
    assert FindingKind.METADATA not in said(
        replace(file, shape=replace(phi_4.shape, rope_theta=None))
    )
    assert FindingKind.METADATA not in said(replace(file, shape=foreign_shape(layer_count=40)))


def test_that_a_checkpoint_has_no_mix(said, phi_4):
    assert set(said(checkpoint_file(phi_4))) == {FindingKind.RESEMBLANCE}
