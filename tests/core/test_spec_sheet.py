"""The specification sheet: every field with its source, and who says something else."""

from dataclasses import fields, replace

import pytest

from planner.catalogue import load_card, load_catalogue
from planner.core.model_spec import TransformerShape
from planner.core.plan import require_shape
from planner.core.spec_sheet import SheetPart, spec_sheet

MODELS = {model.id: model for model in load_catalogue().models}


def sheet_of(model_id: str):
    return spec_sheet(MODELS[model_id], load_card(model_id))


def value_of(sheet, key: str):
    field = sheet.field(key)
    assert field is not None, key
    return field.value


def part_of(sheet, part: SheetPart):
    return next(each for each in sheet.sections if each.part is part)


@pytest.mark.parametrize("model_id", MODELS)
def test_that_every_conflict_stands_beside_its_field_or_apart_once(model_id):
    sheet, card = sheet_of(model_id), load_card(model_id)
    beside = [
        each
        for section in sheet.sections
        for field in section.fields
        for each in field.conflicts
    ]
    assert sorted(map(repr, (*beside, *sheet.conflicts))) == sorted(map(repr, card.conflicts))


@pytest.mark.parametrize("model_id", MODELS)
def test_that_everything_but_what_is_counted_here_has_a_source(model_id):
    for section in sheet_of(model_id).sections:
        for field in section.fields:
            known = field.value is not None and not field.is_derived
            if known and section.part not in (SheetPart.SIZE, SheetPart.BLOCKS):
                assert section.source or field.source, (section.part, field.key)


def test_that_no_field_of_a_shape_is_left_out():
    shown = {each.key for each in part_of(sheet_of("phi-3.5-moe"), SheetPart.SHAPE).fields}
    known = {each.name for each in fields(TransformerShape)} - {"source", "hybrid"}
    assert shown == known


def test_that_the_hybrid_models_layers_are_told_one_by_one():
    sheet = sheet_of("phi-4-mini-flash-reasoning")
    hybrid = require_shape(MODELS["phi-4-mini-flash-reasoning"]).hybrid
    assert hybrid is not None
    assert value_of(sheet, "mamba_layers") == hybrid.mamba_layers


def test_that_the_count_derived_here_is_the_published_one_of_phi_2():
    sheet = sheet_of("phi-2")
    # https://huggingface.co/microsoft/phi-2
    assert sheet.field("derived_count").value == sheet.field("parameter_count").value
    assert sheet.field("parameter_count").value == 2_779_683_840
    assert sheet.field("label").value == "2.7B"


def test_that_what_others_say_of_the_width_of_phi_2_stands_beside_it():
    field = sheet_of("phi-2").field("embedding_length")
    assert field.value == 2560
    assert [each.other_value for each in field.conflicts] == ["2,048"]


def test_that_what_nobody_published_is_a_field_without_a_value():
    sheet = sheet_of("phi-2")
    assert sheet.field("knowledge_cutoff").value is None
    assert sheet.field("sliding_window") is None


def test_that_no_bias_is_an_answer_and_not_unknown():
    assert sheet_of("phi-4").field("attention_bias").value is False


def test_that_the_parts_beside_the_text_are_counted():
    model = MODELS["phi-4-multimodal"]
    part = part_of(sheet_of("phi-4-multimodal"), SheetPart.COMPONENTS)
    assert [each.key for each in part.fields] == [each.name for each in model.components]
    assert all(each.value > 0 and each.source for each in part.fields)


def test_that_a_closed_model_has_no_shape_and_no_tensors():
    sheet = sheet_of("phi-silica")
    assert all(each.part is not SheetPart.SHAPE for each in sheet.sections)
    assert sheet.field("tensor_count") is None
    assert sheet.field("closed").value is True


def test_that_a_file_without_a_card_tells_what_its_shape_does():
    model = replace(MODELS["phi-4"], id="own", runtimes={})
    sheet = spec_sheet(model, None)
    assert value_of(sheet, "layer_count") == 40
    assert sheet.field("licence") is None
    assert sheet.conflicts == ()


def test_that_unknown_biases_are_left_out():
    card = replace(load_card("phi-4"), biases=None)
    assert spec_sheet(MODELS["phi-4"], card).field("attention_bias") is None
