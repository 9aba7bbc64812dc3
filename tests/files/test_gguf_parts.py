"""Models in several GGUF files."""

import pytest

from planner.core.errors import PlannerError
from planner.files.gguf_parts import is_later_part, read_gguf_parts
from tests.files.writers import U16, Gguf, Typed, tiny_phi3


def write_parts(folder, count=3, *, change=None):
    """Write a model as so many parts, the first with the metadata; `change` alters one."""
    model = tiny_phi3()
    share = -(-len(model.tensors) // count)
    for number in range(count):
        metadata = dict(model.metadata) if number == 0 else {}
        metadata |= {
            "split.no": Typed(U16, number),
            "split.count": Typed(U16, count),
            "split.tensors.count": len(model.tensors),
        }
        part = Gguf(metadata, model.tensors[number * share : (number + 1) * share])
        if change is not None:
            change(number, part)
        part.write(folder / f"tiny-{number + 1:05}-of-{count:05}.gguf")
    return folder / f"tiny-00001-of-{count:05}.gguf"


@pytest.mark.parametrize("opened", [1, 2, 3])
def test_that_all_parts_are_found_from_any_of_them(tmp_path, opened):
    write_parts(tmp_path)
    parts = read_gguf_parts(tmp_path / f"tiny-0000{opened}-of-00003.gguf")
    assert [path.name[:10] for path in parts.paths] == [
        "tiny-00001",
        "tiny-00002",
        "tiny-00003",
    ]
    assert [each.name for each in parts.tensors] == [name for name, *_ in tiny_phi3().tensors]
    assert parts.first.metadata["general.architecture"] == "phi3"
    assert parts.file_bytes == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_that_a_whole_file_is_its_only_part(tmp_path):
    path = tiny_phi3(split__count=Typed(U16, 0)).write(tmp_path / "a.gguf")
    assert read_gguf_parts(path).paths == (path,)


def test_that_missing_parts_are_named(tmp_path):
    first = write_parts(tmp_path, 3)
    (tmp_path / "tiny-00002-of-00003.gguf").unlink()
    with pytest.raises(PlannerError, match=r"not beside it is 'tiny-00002-of-00003\.gguf'\."):
        read_gguf_parts(first)


def test_that_many_missing_parts_are_counted(tmp_path):
    first = write_parts(tmp_path, 12)
    for path in tmp_path.iterdir():
        if path != first:
            path.unlink()
    with pytest.raises(PlannerError, match="and 6 more"):
        read_gguf_parts(first)


def test_that_a_part_under_another_name_cannot_find_the_others(tmp_path):
    renamed = write_parts(tmp_path).rename(tmp_path / "tiny.gguf")
    with pytest.raises(PlannerError, match="one of 3 parts, but is not named like"):
        read_gguf_parts(renamed)


@pytest.mark.parametrize(
    ("changed", "key", "value", "sentence"),
    [
        (0, "split.count", Typed(U16, 60_000), "gives split.count as 60000"),
        (0, "split.count", "three", "gives split.count as 'three'"),
        (1, "split.no", Typed(U16, 0), "gives split.no as 0 where 1 belongs"),
        (1, "split.count", Typed(U16, 4), "gives split.count as 4 where 3 belongs"),
        (0, "split.tensors.count", 99, "gives split.tensors.count as 99"),
    ],
)
def test_that_parts_which_contradict_one_another_are_refused(
    tmp_path, changed, key, value, sentence
):
    def change(number, part):
        if number == changed:
            part.metadata[key] = value

    with pytest.raises(PlannerError, match=sentence):
        read_gguf_parts(write_parts(tmp_path, change=change))


def test_that_a_tensor_in_two_parts_is_refused(tmp_path):
    def change(number, part):
        part.tensors = tiny_phi3().tensors[:5]

    with pytest.raises(PlannerError, match="name a tensor twice"):
        read_gguf_parts(write_parts(tmp_path, change=change))


def test_that_a_later_part_is_told_by_its_name():
    assert is_later_part("a-00002-of-00003.gguf")
    assert not is_later_part("a-00001-of-00003.gguf")
    assert not is_later_part("a.gguf")
