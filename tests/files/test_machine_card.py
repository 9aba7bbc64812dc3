"""Machine cards: what a plan depends on goes in and comes out, and what identifies does not."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryHolder, MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.files.machine_card import (
    CARD_SCHEMA,
    LARGEST_CARD_BYTES,
    load_machine_card,
    load_machine_cards,
    machine_card_text,
    save_machine_card,
)
from planner.files.machine_card_checked import CARD_NOTE

UUID = "6f1d8a52-0000-1111-2222-333344445555"
CARD = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4090",
    source="nvml",
    total_bytes=24564 * MIB,
    reserved_bytes=376 * MIB,
    used_by_others_bytes=188 * MIB,
    free_bytes=24000 * MIB,
    bandwidth_gb_per_s=1008.1,
    fp16_tflops=165.2,
    compute_capability="8.9",
    uuid=f"GPU-{UUID}",
    pci_bus_id="00000000:41:00.0",
    pci_device_id="10de:2684",
    device_id="rtx-4090",
    rates_source="driver, catalogue",
    holders=(MemoryHolder(name="secret-game", pid=4711, used_bytes=100 * MIB),),
    notes=(f"GPU-{UUID} at 0000:41:00.0 of annas-tower, see /home/anna/log.",),
)
RAM = MemoryPool(
    id="ram", kind=PoolKind.SYSTEM, name="AMD Ryzen 7 7700", source="psutil",
    total_bytes=64 * GIB, free_bytes=60 * GIB,
)  # fmt: skip
MACHINE = Machine(
    pools=(CARD, RAM),
    notes=("CUDA_VISIBLE_DEVICES=GPU-" + UUID,),
    driver_version="580.95.05",
    cuda_version="13.0",
    system="linux",
    disk_free_bytes=100 * GIB,
)
WORDS = ("anna", "annas-tower")


@pytest.fixture
def card(tmp_path):
    """Write an object as a card, and return its path."""

    def write(value, name="card.json"):
        path = tmp_path / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    return write


@pytest.fixture
def good():
    """Return what a good card says, to be broken."""
    return json.loads(machine_card_text(MACHINE))


def test_that_a_card_has_nothing_that_identifies_anyone():
    text = machine_card_text(MACHINE, private_words=WORDS)
    for private in (UUID, "41:00.0", "secret-game", "4711", "anna", "uuid", "pci_bus_id"):
        assert private not in text
    assert '"pci_device_id": "10de:2684"' in text


def test_that_a_machine_comes_back_with_all_that_verdicts_depend_on(tmp_path):
    path = tmp_path / "card.json"
    save_machine_card(MACHINE, path, private_words=WORDS)
    back = load_machine_card(path)
    assert back.notes[-1] == CARD_NOTE
    same = replace(CARD, uuid=None, pci_bus_id=None, holders=())
    assert [replace(pool, notes=()) for pool in back.pools] == [replace(same, notes=()), RAM]
    assert (back.system, back.driver_version, back.cuda_version, back.disk_free_bytes) == (
        "linux", "580.95.05", "13.0", 100 * GIB,
    )  # fmt: skip
    assert path.stat().st_size < 4096


def test_that_identity_is_kept_where_it_is_asked_for(tmp_path):
    path = tmp_path / "card.json"
    save_machine_card(MACHINE, path, with_identity=True)
    back = load_machine_card(path)
    assert back == replace(MACHINE, notes=(*MACHINE.notes, CARD_NOTE))


def test_that_a_card_that_is_saved_again_says_once_where_it_is_from(tmp_path):
    path = tmp_path / "card.json"
    save_machine_card(MACHINE, path)
    save_machine_card(load_machine_card(path), path)
    assert load_machine_card(path).notes.count(CARD_NOTE) == 1


def test_that_what_a_newer_version_adds_is_passed_over(card, good):
    good["machine"]["pools"][0]["colour"] = "green"
    good["made_on"] = "2030-01-01"
    assert load_machine_card(card(good)).pools[0].id == "gpu0"


def test_that_a_strangers_text_cannot_move_a_terminals_cursor(card, good):
    good["machine"]["pools"][0]["name"] = "A\x1b[2Jcard\nof two lines"
    assert load_machine_card(card(good)).pools[0].name == "A [2Jcard of two lines"


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("free_bytes", -1, "machine.pools.0.free_bytes: it is out of range"),
        ("free_bytes", 25 * GIB, "gpu0: free_bytes is more than total_bytes"),
        ("total_bytes", "24GiB", "machine.pools.0.total_bytes: input should be a valid int"),
        ("total_bytes", 1 << 60, "machine.pools.0.total_bytes: it is out of range"),
        ("kind", "imagined", "machine.pools.0.kind: input should be 'dedicated'"),
        ("id", "../../etc", "machine.pools.0.id: it should be small letters"),
        ("name", "x" * 300, "machine.pools.0.name: it has more than 200 characters"),
        ("notes", ["x"] * 100, "machine.pools.0.notes: more than 64"),
        ("notes", ["x" * 3000], "machine.pools.0.notes: more than 64, or one of more than 2,"),
        ("bandwidth_gb_per_s", 0, "machine.pools.0.bandwidth_gb_per_s: it is 0, where null"),
        ("fp16_tflops", 1e300, "machine.pools.0.fp16_tflops: it is out of range"),
        ("holders", [{"name": "x"}] * 300, "machine.pools.0.holders: there are more than 256"),
        ("holders", [{"name": "x" * 201}], "machine.pools.0.holders.name: it has more than"),
        ("id", "ram", "ram stands for 2 pools"),
        ("same_memory_as", "gpu7", "gpu0 shares the memory of gpu7, which is not there"),
    ],
)
def test_that_what_no_machine_has_is_refused_by_name(card, good, key, value, problem):
    good["machine"]["pools"][0][key] = value
    with pytest.raises(PlannerError) as told:
        load_machine_card(card(good))
    assert problem in str(told.value)
    assert str(told.value).startswith("The machine card 'card.json' cannot be used: ")


def test_that_a_card_is_opened_with_qt_loaded_and_pydantic_not_whole(card, good):
    # PySide looks into every module that is imported; parts of pydantic do not survive that.
    code = (
        "import sys; from pathlib import Path; from PySide6 import QtWidgets; "
        "from pydantic import TypeAdapter, ValidationError; "
        "from planner.files.machine_card import load_machine_card; "
        "print(load_machine_card(Path(sys.argv[1])).pools[0].id)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(card(good))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("gpu0\n", "")


def test_that_every_problem_is_told_and_a_flood_of_them_is_cut(card, good):
    good["machine"]["pools"] = [{"id": f"gpu{number}"} for number in range(20)]
    with pytest.raises(PlannerError, match=r"machine\.pools\.0\.kind: .*and 52 more"):
        load_machine_card(card(good))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is not valid JSON"),
        (b"[]", "holds no JSON object"),
        (b"{}", "is no machine card of this version"),
        (b'{"schema": "phi-planner/machine/2"}', "is no machine card of this version"),
        (b"\xff\xfe", "is not UTF-8"),
        (b" " * (LARGEST_CARD_BYTES + 1), "so it is not read"),
        (b'{"schema": "phi-planner/machine/1"}', "machine: input should be an object"),
        (b'{"schema": "phi-planner/machine/1", "machine": {"pools": []}}', "has 1 to 256"),
        (b"[" * 100_000, "more values than any real one"),
    ],
)
def test_that_what_is_no_card_is_a_sentence(tmp_path, content, problem):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(PlannerError, match=problem):
        load_machine_card(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_that_any_content_is_a_machine_or_a_sentence(card, value):
    path = card({"schema": CARD_SCHEMA, "machine": {"pools": [value]}})
    with pytest.raises(PlannerError):
        load_machine_card(path)


def test_that_a_folder_is_all_cards_in_it(card, good, tmp_path):
    for name in ("b.json", "a.json"):
        card(good, name)
    (tmp_path / "readme.txt").write_text("no card")
    cards = load_machine_cards([tmp_path, tmp_path / "a.json"])
    assert [each.name for each in cards] == ["a", "b", "a (2)"]


def test_that_all_broken_cards_of_a_folder_are_told_at_once(card, good, tmp_path):
    card(good, "good.json")
    card({}, "one.json")
    card({"schema": CARD_SCHEMA}, "two.json")
    with pytest.raises(PlannerError, match=r"'one\.json'.*\n.*'two\.json'"):
        load_machine_cards([tmp_path])


def test_that_a_folder_without_cards_and_too_many_cards_are_sentences(card, good, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(PlannerError, match="'empty' holds no machine card"):
        load_machine_cards([empty])
    with pytest.raises(PlannerError, match="1,025 machine cards are too many: 1,024"):
        load_machine_cards([card(good)] * 1025)
