"""Finding a field on a sheet."""

import pytest

from planner.core.sheet_text import Note, SheetBlock, SheetRow, found_blocks

WIDTH = SheetRow(
    name="Embedding length",
    value="2,560",
    notes=(Note(words="Another source says: 2,048", source="https://example.org/card"),),
)
LAYERS = SheetRow(name="Layers", value="32", source="config.json")
BLOCKS = (
    SheetBlock(title="Shape", rows=(WIDTH, LAYERS), source="https://example.org"),
    SheetBlock(title="Release", rows=(SheetRow(name="Licence", value="MIT"),)),
)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("embedding", ["Embedding length"]),
        ("2,048", ["Embedding length"]),
        ("CONFIG layers", ["Layers"]),
        ("example card", ["Embedding length"]),
        ("mit", ["Licence"]),
        ("nowhere", []),
        ("  ", ["Embedding length", "Layers", "Licence"]),
    ],
)
def test_that_a_field_is_found_by_its_name_value_notes_and_sources(words, names):
    found = found_blocks(BLOCKS, words)
    assert [row.name for block in found for row in block.rows] == names


def test_that_a_found_row_keeps_its_heading_and_source():
    (block,) = found_blocks(BLOCKS, "layers")
    assert (block.title, block.source) == ("Shape", "https://example.org")
