"""The pictures of all models: nothing covers anything, and nothing is left out."""

from dataclasses import fields, replace

import pytest

from planner.catalogue import load_catalogue
from planner.core.diagram import diagram, plan_diagram
from planner.core.diagram.layout.boxes import BoxContent, Experts, box_sketch
from planner.core.diagram.picture import diagram_picture
from planner.core.diagram.words import DiagramWords
from planner.core.pictures.marks import text_left
from planner.core.pictures.picture import Box, Group, Ink, Path, Text
from planner.core.pictures.text_width import text_width
from planner.core.plan import PlanOptions, RuntimeName

MODELS = {model.id: model for model in load_catalogue().models}
PLANS = [
    PlanOptions(),
    PlanOptions(runtime=RuntimeName.TRANSFORMERS),
    PlanOptions(runtime=RuntimeName.VLLM),
]
FORMATS = {
    RuntimeName.LLAMA_CPP: "Q4_K_M",
    RuntimeName.TRANSFORMERS: "bf16",
    RuntimeName.VLLM: "awq-int4",
}
SLACK = 0.01


def picture_of(model_id, options=PLANS[0], words=None):
    model = MODELS[model_id]
    plan = options.plan(model, FORMATS[options.runtime])
    return diagram_picture(plan_diagram(model, plan), words=words)


def flat(marks):
    for mark in marks:
        if isinstance(mark, Group):
            yield from flat(mark.marks)
        else:
            yield mark


def rect(mark):
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    left = text_left(mark)
    width = text_width(mark.words, mark.size_px, is_bold=mark.is_bold)
    # From the top of a capital to the foot of a letter such as g.
    return left, mark.y - 0.73 * mark.size_px, left + width, mark.y + 0.21 * mark.size_px


def apart(one, two):
    return (
        one[2] <= two[0] + SLACK
        or two[2] <= one[0] + SLACK
        or one[3] <= two[1] + SLACK
        or two[3] <= one[1] + SLACK
    )


def inside(inner, outer):
    return (
        inner[0] >= outer[0] - SLACK
        and inner[1] >= outer[1] - SLACK
        and inner[2] <= outer[2] + SLACK
        and inner[3] <= outer[3] + SLACK
    )


def stretches(path):
    """Return each straight part of a line as a rectangle without an area."""
    for (x, y), (to_x, to_y) in zip(path.points, path.points[1:], strict=False):
        yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def crosses(line, box):
    """Tell whether a line runs through the inner part of a rectangle."""
    within_x = line[2] > box[0] + 0.5 and line[0] < box[2] - 0.5
    within_y = line[3] > box[1] + 0.5 and line[1] < box[3] - 0.5
    return within_x and within_y


def check(picture):
    marks = list(flat(picture.marks))
    whole = (0, 0, picture.width, picture.height)
    boxes = [rect(mark) for mark in marks if isinstance(mark, Box)]
    texts = {mark.words: rect(mark) for mark in marks if isinstance(mark, Text)}
    written = [rect(mark) for mark in marks if isinstance(mark, Text)]
    lines = [part for mark in marks if isinstance(mark, Path) for part in stretches(mark)]
    for each in (*boxes, *written, *lines):
        assert inside(each, whole), each
    for number, one in enumerate(boxes):
        for two in boxes[number + 1 :]:
            assert apart(one, two) or inside(one, two) or inside(two, one), (one, two)
    for number, one in enumerate(written):
        assert all(apart(one, two) for two in written[number + 1 :]), texts
        assert all(apart(one, box) or inside(one, box) for box in boxes), (one, texts)
    blocks = [rect(group.marks[0]) for group in picture.groups()]
    flow = [
        part for mark in picture.marks if isinstance(mark, Path) for part in stretches(mark)
    ]
    for line in flow:
        assert not any(crosses(line, box) for box in blocks), line
        assert not any(crosses(line, words) for words in written), (line, texts)


@pytest.mark.parametrize("options", PLANS, ids=lambda options: options.runtime.value)
@pytest.mark.parametrize("model_id", MODELS)
def test_that_nothing_covers_anything_and_all_is_inside(model_id, options):
    check(picture_of(model_id, options))


def longer(words):
    """Return the words as a language might have them that takes half as much room again."""
    stretched = {}
    for field in fields(words):
        value = getattr(words, field.name)
        if isinstance(value, str):
            stretched[field.name] = f"{value} {'m' * (len(value) // 3)}"
    return replace(words, **stretched)


@pytest.mark.parametrize("model_id", MODELS)
def test_that_longer_words_cover_nothing_either(model_id):
    check(picture_of(model_id, words=longer(DiagramWords())))


@pytest.mark.parametrize("model_id", MODELS)
def test_that_each_block_is_a_group_that_begins_with_its_box(model_id):
    shown = diagram(MODELS[model_id])
    groups = list(diagram_picture(shown).groups())
    assert [group.key for group in groups] == [block.key for block in shown.blocks()]
    assert all(isinstance(group.marks[0], Box) for group in groups)


def words_of(picture):
    return [mark.words for mark in flat(picture.marks) if isinstance(mark, Text)]


def test_that_phi_2_is_drawn_with_the_figures_of_its_config():
    words = words_of(picture_of("phi-2"))
    assert words[0] == "Phi-2 at Q4_K_M"
    for each in (
        "up to 2,048",
        "51,200 × 2,560",
        "one norm feeds both branches",
        "32 query · 32 key-value heads × 80, with bias",
        "RoPE on 32 of 80 dims",
        "up 2,560 → 10,240",
        "× 32 layers",
        "2,560 → 51,200, with bias",
        "2 × 32 × 32 × 80 × 2 B = 320 KiB",
        "Logits",
    ):
        assert each in words


def test_that_a_group_of_heads_is_drawn_over_its_key_and_value():
    group = next(g for g in picture_of("phi-4-mini").groups() if g.key == "layer.attention")
    heads = [m for m in group.marks if isinstance(m, Box) and m.fill is Ink.WEIGHTS]
    keys = [m for m in group.marks if isinstance(m, Box) and m.fill is Ink.KV_CACHE]
    assert (len(heads), len(keys)) == (24, 8)
    assert all(
        sum(key.x <= head.x and head.x + head.width <= key.x + key.width for head in heads) == 3
        for key in keys
    )


@pytest.mark.parametrize("counts", [(16, 2), (8, 2), (2, 2), (4, 3), (1, 1)])
def test_that_as_many_experts_are_marked_as_a_token_meets(counts):
    count, used = counts
    sketch = box_sketch(BoxContent(title="", rows=(Experts(count, used),)))
    boxes = [mark for mark in sketch.marks if isinstance(mark, Box)][1:]
    assert len(boxes) == count
    assert sum(box.fill is Ink.WEIGHTS for box in boxes) == used


def test_that_the_list_of_layers_names_each_of_them():
    words = words_of(picture_of("phi-4-mini-flash-reasoning"))
    assert words.count("Mamba") == 9 + 1  # and the block itself
    assert words.count("gated memory") == 7
    assert "8 layers stop at 512 tokens" in words
    assert "9 layers keep a state of fixed size" in words


def test_that_a_closed_model_says_that_nothing_is_published():
    picture = picture_of("phi-silica")
    assert words_of(picture) == [
        "Phi Silica",
        "No sizes are published",
        "Phi Silica is closed: neither its layers nor its weights are known.",
    ]
    assert picture.description == words_of(picture)[-1]


def test_that_the_colour_follows_the_share_of_the_bytes():
    fills = {g.key: g.marks[0].fill for g in picture_of("phi-4-mini").groups()}
    assert fills["layer.feed_forward"] is Ink.SHARE_4
    assert fills["embedding"] is Ink.SHARE_3
    assert fills["layer.attention_norm"] is Ink.SHARE_0
    assert fills["head"] is Ink.PANEL  # tied: it holds nothing


def test_that_what_is_not_in_the_file_has_a_dashed_edge_and_says_so():
    groups = {g.key: g for g in picture_of("phi-4-multimodal").groups()}
    box = groups["component.0"].marks[0]
    assert (box.fill, box.is_dashed) == (Ink.PANEL, True)
    assert groups["component.0"].words == "SigLIP so400m: 413.3 M parameters, not in this file"
    whole = {g.key: g for g in picture_of("phi-4-multimodal", PLANS[2]).groups()}
    assert not whole["component.0"].marks[0].is_dashed


def test_that_a_reader_hears_a_block_with_its_figures():
    words = {g.key: g.words for g in picture_of("phi-2").groups()}
    assert words["layer.attention"] == (
        "Self-attention: 839.2 M parameters, 477 MiB, 29 % of the weights, in 32 layers"
    )
    no_bytes = {g.key: g.words for g in picture_of("phi-3-small-8k").groups()}
    assert no_bytes["embedding"] == "Token embedding: 411.0 M parameters, 6 % of the parameters"
    assert no_bytes["head"] == "Output head: no weights of its own"


def test_that_the_description_names_every_block():
    picture = picture_of("phi-2")
    assert picture.title == "Phi-2 at Q4_K_M"
    for group in picture.groups():
        assert group.words in picture.description
