"""The table of errors as it ships."""

import json

import pytest

from planner.catalogue import SpecError
from planner.catalogue.accuracy import ACCURACY_NAME, accuracy_json, load_accuracy


def test_that_what_is_written_is_read_again(tmp_path):
    table = load_accuracy()
    (tmp_path / ACCURACY_NAME).write_text(accuracy_json(table), encoding="utf-8")
    assert load_accuracy(tmp_path) == table


def test_that_the_rows_add_up_to_all_cases():
    table = load_accuracy()
    assert sum(row.case_count for row in table.rows) == table.case_count
    assert sum(row.exact_count for row in table.rows) == table.exact_count


@pytest.mark.parametrize(
    ("change", "place"),
    [({"case_count": "many"}, "case_count"), ({"score": 9}, "score")],
)
def test_that_a_file_of_another_shape_is_refused_by_its_field(tmp_path, change, place):
    raw = json.loads(accuracy_json(load_accuracy())) | change
    (tmp_path / ACCURACY_NAME).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(SpecError, match=place):
        load_accuracy(tmp_path)


def test_that_a_missing_file_is_said_to_be(tmp_path):
    with pytest.raises(SpecError, match=r"accuracy\.json: is not a file"):
        load_accuracy(tmp_path)
