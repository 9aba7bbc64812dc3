"""Records: dataclasses in all but the time that it takes to make the class."""

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from planner.core.ledger import Band, MemoryLedger
from planner.core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    first: int
    second: str = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Base):
    third: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    first: int
    second: int = 2


@dataclass(frozen=True, slots=True)
class Single:
    only: int

    def __post_init__(self) -> None:
        if self.only < 0:
            raise ValueError("only must not be negative")


@dataclass(frozen=True, slots=True)
class Empty:
    pass


def standard(**options):
    """Return what the standard library makes of the same fields."""

    @dataclasses.dataclass(frozen=True, slots=True, **options)
    class Placed:
        first: int
        second: int = 2

    return Placed


def test_that_a_record_takes_its_values_by_name_and_keeps_its_defaults():
    assert (Derived(first=1).first, Derived(first=1).second, Derived(first=1).third) == (
        1,
        "b",
        (),
    )
    assert Derived(third=(3,), first=1, second="c").third == (3,)
    assert Placed(1).second == 2
    assert Placed(1, second=5).second == 5


@pytest.mark.parametrize(
    ("cls", "values", "named"),
    [
        (Base, (1,), {}),
        (Base, (), {}),
        (Base, (), {"first": 1, "other": 2}),
        (Placed, (), {}),
        (Placed, (1, 2, 3), {}),
    ],
)
def test_that_values_which_do_not_belong_are_refused(cls, values, named):
    with pytest.raises(TypeError, match="__init__"):
        cls(*values, **named)


def test_that_a_record_cannot_be_changed():
    record: Any = Placed(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'first'"):
        record.first = 2
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'third'"):
        record.third = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'first'"):
        del record.first
    assert record.first == 1
    assert not hasattr(record, "__dict__")


def test_that_equal_values_make_equal_records_of_one_class():
    assert Placed(1) == Placed(1, 2)
    assert hash(Placed(1)) == hash(Placed(1, 2)) == hash(standard()(1))
    assert Placed(1) != Placed(1, 3)
    assert Base(first=1) != Derived(first=1)
    other: object = (1, 2)
    assert Placed(1) != other
    assert Single(1) == Single(1)
    assert hash(Single(1)) != hash(Single(2))
    assert Empty() == Empty()


def test_that_the_first_record_is_made_and_refused_as_all_others():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Size:
        width: int
        height: int = 2

    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'width'"):
        Size()  # type: ignore[call-arg]
    assert Size(width=1) == Size(width=1, height=2)
    assert list(inspect.signature(Size).parameters) == ["width", "height"]


def test_that_records_without_equality_are_told_apart():
    @dataclass(frozen=True, slots=True, eq=False)
    class Mark:
        name: str

    one, other = Mark("a"), Mark("a")
    assert one != other
    assert len({one, other, one}) == 2


def test_that_a_record_shows_its_values_as_a_dataclass_does():
    made = standard()(1)
    assert repr(Placed(1)) == repr(made).replace(type(made).__qualname__, "Placed")
    assert repr(Single(7)) == "Single(only=7)"
    assert repr(Empty()) == "Empty()"


def test_that_a_record_is_a_dataclass_to_the_standard_library():
    record = Derived(first=1, third=(2,))
    assert [each.name for each in dataclasses.fields(record)] == ["first", "second", "third"]
    assert dataclasses.replace(record, first=5) == Derived(first=5, third=(2,))
    assert dataclasses.asdict(record) == {"first": 1, "second": "b", "third": (2,)}
    match Placed(1, 4):
        case Placed(first, second):
            assert (first, second) == (1, 4)


@pytest.mark.parametrize(
    "record", [Derived(first=1, third=(2,)), Placed(1), Single(3), Empty()]
)
def test_that_a_copy_and_a_pickled_record_are_equal_to_it(record):
    assert copy.copy(record) == record
    assert copy.deepcopy(record) == record


def test_that_a_record_of_the_core_survives_a_pickle():
    ledger = MemoryLedger(())
    assert pickle.loads(pickle.dumps(ledger)) == ledger
    assert pickle.loads(pickle.dumps(Band(1, 2, 3))) == Band(1, 2, 3)


def test_that_a_record_checks_what_it_is_told_to():
    assert Single(0).only == 0
    with pytest.raises(ValueError, match="must not be negative"):
        Single(-1)


@pytest.mark.parametrize("options", [{"frozen": False}, {"slots": False}])
def test_that_only_frozen_records_with_slots_are_made(options):
    with pytest.raises(TypeError, match="frozen and has slots"):
        dataclass(**{"frozen": True, "slots": True, **options})


@pytest.mark.parametrize(
    "field",
    [
        dataclasses.field(default_factory=list),
        dataclasses.field(default=0, init=False),
        dataclasses.field(default=0, repr=False),
        dataclasses.field(default=0, compare=False),
        dataclasses.field(default=0, hash=False),
    ],
)
def test_that_a_field_with_options_is_refused(field):
    cls = type("Odd", (), {"__annotations__": {"odd": int}, "odd": field})
    with pytest.raises(TypeError, match=r"Odd\.odd: a record's field has no options"):
        dataclass(frozen=True, slots=True)(cls)
