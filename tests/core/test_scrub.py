"""What tells one computer or person from all others is taken out, and nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.scrub import scrubbed_json, scrubbed_notes

UUID = "6f1d8a52-1c1c-4b5d-9b67-222233334444"
OTHER_UUID = "0a1d8a52-1c1c-4b5d-9b67-222233334444"


def test_that_a_board_keeps_its_prefix_and_loses_its_number():
    (note,) = scrubbed_notes([f"GPU-{UUID.upper()} is lost."])
    assert note == "GPU-00000000-0000-0000-0000-000000000001 is lost."


def test_that_the_same_thing_has_the_same_stand_in_everywhere():
    raw = {
        "00000000:41:00.0": {"uuid": f"GPU-{UUID}"},
        "sys/devices/0000:41:00.1/uevent": "PCI_SLOT_NAME=0000:41:00.1\n",
        "other": [f"MIG-{UUID}", OTHER_UUID, "0000:03:00.0"],
    }
    assert scrubbed_json(raw) == {
        "00000000:00:02.0": {"uuid": "GPU-00000000-0000-0000-0000-000000000002"},
        "sys/devices/0000:00:02.1/uevent": "PCI_SLOT_NAME=0000:00:02.1\n",
        "other": [
            "MIG-00000000-0000-0000-0000-000000000002",
            "00000000-0000-0000-0000-000000000001",
            "0000:00:01.0",
        ],
    }


def test_that_names_of_people_and_computers_go_as_whole_words():
    words = ("anna", "annas-tower", "root", "ab")
    raw = {
        "cgroup": "0::/user.slice/anna.service\n",
        "version": "Linux version 6.8 (kernel@annas-tower) #1",
        "board": "Savannah 4000",
        "path": "/home/ANNA/x",
        "who": "root ab",
    }
    assert scrubbed_json(raw, private_words=words) == {
        "cgroup": "0::/user.slice/someone.service\n",
        "version": "Linux version 6.8 (someone) #1",
        "board": "Savannah 4000",
        "path": "/home/someone/x",
        "who": "root ab",
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [("serial_number", "C02XG0FDJG5J"), ("provisioning_UDID", "0000-1"), ("hostname", "x1")],
)
def test_that_what_is_called_private_goes_whatever_it_looks_like(key, value):
    raw = {"SPHardwareDataType": [{key: value, "chip_type": "Apple M3 Max"}]}
    (entry,) = scrubbed_json(raw)["SPHardwareDataType"]
    assert entry == {key: "(removed)", "chip_type": "Apple M3 Max"}
    assert scrubbed_json({key: {"value": value, "empty": ""}})[key] == {
        "value": "(removed)",
        "empty": "",
    }


def test_that_the_serial_line_of_a_small_board_goes():
    raw = {
        "proc/cpuinfo": "model name\t: Cortex-A76\nSerial\t\t: 10000000abcdef01\nRevision: 1"
    }
    assert scrubbed_json(raw) == {
        "proc/cpuinfo": "model name\t: Cortex-A76\nSerial\t\t: (removed)\nRevision: 1"
    }


def test_that_a_container_is_called_by_a_number():
    name = "3f" * 32
    raw = {f"sys/fs/cgroup/docker/{name}/memory.max": "max", "group": f"/docker/{name}"}
    assert scrubbed_json(raw) == {
        "sys/fs/cgroup/docker/group1/memory.max": "max",
        "group": "/docker/group1",
    }


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It is in /home/anna/venv/lib/pynvml.py.", "It is in (path)"),
        ("It is in '/opt/tools/x', not here.", "It is in '(path)', not here."),
        (r"It is in C:\Users\Anna\nvml.dll now.", "It is in (path) now."),
        ("See /usr/lib/wsl/lib/libnvidia-ml.so.1 there.", None),
        ("See /proc/driver/nvidia/version and /sys/module.", None),
        (r"See C:\Windows\System32\nvml.dll there.", None),
        ("24 GiB/s and 1/2 of 8.0/9.", None),
        ("Pull request #17687 at https://github.com/a/b/issues/5.", None),
    ],
)
def test_that_paths_go_but_the_systems_own(text, left):
    assert scrubbed_notes([text]) == (text if left is None else left,)


def test_that_numbers_and_plain_words_stay():
    raw = {"total": 24564, "free": None, "ratio": 0.5, "on": True, "name": "NVIDIA L4"}
    assert scrubbed_json(raw) == raw


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=40),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text(max_size=20), inner, max_size=4)
        ),
        max_leaves=12,
    ),
    st.uuids(),
    st.integers(0, 255),
)
def test_that_nothing_private_is_left_anywhere(value, uuid, bus):
    address = f"0000:{bus:02x}:1f.0"
    raw = {"a": value, f"at {address}": [f"uuid {uuid}", {"host_name": "annas-tower"}, "anna"]}
    text = json.dumps(scrubbed_json(raw, private_words=("anna",)))
    assert str(uuid) not in text
    assert address not in text
    assert "annas-tower" not in text
    assert '"someone"' in text
