"""RAM within the limits of control groups, read from copies of /proc and /sys."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.cgroups import CgroupMemory, cgroup_memory
from planner.hardware.system_memory import (
    HostMemory,
    read_host_memory,
    read_system_memory,
)

NO_LIMIT_V1 = 0x7FFFFFFFFFFFF000
HOST = HostMemory(total_bytes=64 * GIB, available_bytes=48 * GIB)
MOUNTS_V2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
MOUNTS_V1 = (
    "31 23 0:27 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755\n"
    "32 31 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "33 31 0:29 {top} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
)


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def process(root: Path, *, groups: str, mounts: str = "") -> None:
    put(root / "proc/self/cgroup", groups)
    put(root / "proc/self/mountinfo", mounts)


def group_v2(root: Path, name: str, *, limit: str, current: int = 0, inactive: int = 0) -> None:
    folder = root / "sys/fs/cgroup" / name
    put(folder / "memory.max", f"{limit}\n")
    put(folder / "memory.current", f"{current}\n")
    put(folder / "memory.stat", f"anon 1\ninactive_file {inactive}\nactive_file 5\n")


def group_v1(root: Path, name: str, *, limit: int, usage: int = 0, inactive: int = 0) -> None:
    folder = root / "sys/fs/cgroup/memory" / name
    put(folder / "memory.limit_in_bytes", f"{limit}\n")
    put(folder / "memory.usage_in_bytes", f"{usage}\n")
    put(folder / "memory.stat", f"inactive_file 1\ntotal_inactive_file {inactive}\n")


def test_that_without_control_groups_the_computers_memory_counts(tmp_path):
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert (pool.id, pool.kind, pool.source) == ("ram", PoolKind.SYSTEM, "psutil")
    assert (pool.total_bytes, pool.free_bytes) == (64 * GIB, 48 * GIB)
    assert pool.used_by_others_bytes == 16 * GIB
    assert pool.bandwidth_gb_per_s is None
    assert pool.notes == ("The system does not give the bandwidth of its memory.",)


def test_that_a_container_of_version_2_has_its_limit_less_what_it_holds(tmp_path):
    process(tmp_path, groups="0::/\n", mounts=MOUNTS_V2)
    group_v2(tmp_path, "", limit=str(8 * GIB), current=3 * GIB, inactive=GIB)
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    # Held: 3 GiB, of which 1 GiB is file cache that nobody uses.
    assert (pool.total_bytes, pool.free_bytes) == (8 * GIB, 6 * GIB)
    assert pool.notes[-1] == (
        "This program may use 8.00 GiB of the computer's 64.00 GiB "
        "(a cgroup limit, as containers have)."
    )


def test_that_no_limit_of_version_2_changes_nothing(tmp_path):
    process(tmp_path, groups="0::/user.slice/app\n", mounts=MOUNTS_V2)
    group_v2(tmp_path, "user.slice", limit="max", current=GIB)
    group_v2(tmp_path, "user.slice/app", limit="max", current=GIB)
    assert cgroup_memory(tmp_path) == CgroupMemory()


def test_that_every_ancestor_limits(tmp_path):
    process(tmp_path, groups="0::/user.slice/user-1000.slice/app\n", mounts=MOUNTS_V2)
    group_v2(tmp_path, "user.slice", limit=str(20 * GIB), current=18 * GIB)
    group_v2(tmp_path, "user.slice/user-1000.slice", limit=str(10 * GIB), current=2 * GIB)
    group_v2(tmp_path, "user.slice/user-1000.slice/app", limit="max", current=GIB)
    # The user may hold 10 GiB at most; all users together have 2 GiB left.
    assert cgroup_memory(tmp_path) == CgroupMemory(
        limit_bytes=10 * GIB, available_bytes=2 * GIB
    )


def test_that_a_group_of_version_1_limits(tmp_path):
    process(
        tmp_path, groups="4:memory:/batch/job\n1:cpu:/other\n", mounts=MOUNTS_V1.format(top="/")
    )
    group_v1(tmp_path, "", limit=NO_LIMIT_V1, usage=9 * GIB)
    group_v1(tmp_path, "batch", limit=16 * GIB, usage=6 * GIB, inactive=2 * GIB)
    group_v1(tmp_path, "batch/job", limit=NO_LIMIT_V1, usage=GIB)
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert (pool.total_bytes, pool.free_bytes) == (16 * GIB, 12 * GIB)


def test_that_the_no_limit_of_version_1_is_none(tmp_path):
    process(tmp_path, groups="4:memory:/\n", mounts=MOUNTS_V1.format(top="/"))
    group_v1(tmp_path, "", limit=NO_LIMIT_V1, usage=9 * GIB)
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert (pool.total_bytes, pool.free_bytes) == (64 * GIB, 48 * GIB)
    assert len(pool.notes) == 1


def test_that_a_container_of_version_1_finds_its_group_where_it_is_mounted(tmp_path):
    # Without a namespace of its own it reads the host's path and sees only its own group.
    process(
        tmp_path,
        groups="4:memory:/docker/abc\n",
        mounts=MOUNTS_V1.format(top="/docker/abc"),
    )
    group_v1(tmp_path, "", limit=4 * GIB, usage=GIB)
    assert cgroup_memory(tmp_path) == CgroupMemory(limit_bytes=4 * GIB, available_bytes=3 * GIB)


def test_that_both_versions_at_once_are_read(tmp_path):
    mounts = MOUNTS_V1.format(top="/") + MOUNTS_V2.replace("cgroup rw", "cgroup/unified rw")
    process(tmp_path, groups="4:memory:/a\n0::/b\n", mounts=mounts)
    group_v1(tmp_path, "a", limit=9 * GIB, usage=GIB)
    group_v2(tmp_path, "unified/b", limit=str(5 * GIB), current=GIB)
    assert cgroup_memory(tmp_path) == CgroupMemory(limit_bytes=5 * GIB, available_bytes=4 * GIB)


def test_that_the_usual_mount_stands_in_for_a_table_that_cannot_be_read(tmp_path):
    put(tmp_path / "proc/self/cgroup", "0::/app\n")
    group_v2(tmp_path, "app", limit=str(2 * GIB), current=MIB)
    assert cgroup_memory(tmp_path).limit_bytes == 2 * GIB


def test_that_a_group_that_holds_more_than_its_limit_leaves_nothing(tmp_path):
    process(tmp_path, groups="0::/app\n", mounts=MOUNTS_V2)
    group_v2(tmp_path, "app", limit=str(GIB), current=2 * GIB)
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert (pool.free_bytes, pool.used_by_others_bytes) == (0, GIB)


def test_that_a_path_out_of_the_mount_is_not_followed(tmp_path):
    process(tmp_path, groups="0::/../../secret\n", mounts=MOUNTS_V2)
    group_v2(tmp_path, "../../secret", limit=str(GIB))
    group_v2(tmp_path, "", limit=str(7 * GIB))
    assert cgroup_memory(tmp_path).limit_bytes == 7 * GIB


@pytest.mark.parametrize("text", ["", "0", "::::\n0\n", "4:memory\n", "\0\n0::" + "/a" * 5000])
def test_that_a_broken_table_of_groups_limits_nothing(tmp_path, text):
    process(tmp_path, groups=text, mounts="broken\n - \n1 2 3 - cgroup2\n")
    assert cgroup_memory(tmp_path) == CgroupMemory()


SIZE = st.integers(0, 2**63)


@given(total=SIZE, available=SIZE, limit=st.none() | SIZE, current=SIZE, inactive=SIZE)
def test_that_free_is_never_above_the_total_and_never_negative(
    tmp_path_factory, *, total, available, limit, current, inactive
):
    root = tmp_path_factory.mktemp("root")
    process(root, groups="0::/app\n", mounts=MOUNTS_V2)
    words = "max" if limit is None else str(limit)
    group_v2(root, "app", limit=words, current=current, inactive=inactive)
    pool = read_system_memory(read_host=lambda: HostMemory(total, available), root=root)
    assert pool.total_bytes is not None
    assert pool.free_bytes is not None
    assert 0 <= pool.free_bytes <= pool.total_bytes <= total
    assert pool.used_by_others_bytes == pool.total_bytes - pool.free_bytes


def test_that_memory_that_cannot_be_read_is_unknown(tmp_path):
    def refuse() -> HostMemory:
        raise PermissionError(13, "Permission denied")

    pool = read_system_memory(read_host=refuse, root=tmp_path)
    assert (pool.total_bytes, pool.free_bytes) == (None, None)
    assert pool.notes == ("The system did not give its memory (Permission denied).",)


def test_that_this_computer_has_memory_available():
    host = read_host_memory()
    assert 0 < host.available_bytes <= host.total_bytes


def test_that_linux_is_asked_for_what_it_has_and_what_is_available(tmp_path):
    lines = "MemTotal:       32717436 kB\nMemFree:  1 kB\nMemAvailable:   25283500 kB\n"
    put(tmp_path / "proc/meminfo", lines)
    assert read_host_memory(tmp_path) == HostMemory(32717436 * 1024, 25283500 * 1024)


@pytest.mark.parametrize("lines", ["", "MemTotal: 5 kB\n", "MemTotal: 5\nMemAvailable: x kB\n"])
def test_that_a_system_that_does_not_tell_is_asked_by_psutil(tmp_path, monkeypatch, lines):
    put(tmp_path / "proc/meminfo", lines)
    told = SimpleNamespace(total=64 * GIB, available=48 * GIB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: told)
    assert read_host_memory(tmp_path) == HOST


def test_that_wsl_is_told_to_have_half_of_the_computer(tmp_path):
    put(tmp_path / "proc/version", "Linux version 6.6.87.2-microsoft-standard-WSL2\n")
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert any("half of the computer's memory" in note for note in pool.notes)


@pytest.mark.parametrize(("processors", "is_told"), [("24-47", True), ("\n", False)])
def test_that_memory_in_parts_is_told_where_processors_stand_beside_each(
    tmp_path, processors, is_told
):
    # A GH200 shows its GPU's memory as a node without processors.
    put(tmp_path / "sys/devices/system/node/node0/cpulist", "0-23\n")
    put(tmp_path / "sys/devices/system/node/node1/cpulist", processors)
    put(tmp_path / "sys/devices/system/node/online", "0-1\n")
    pool = read_system_memory(read_host=lambda: HOST, root=tmp_path)
    assert any("in 2 parts" in note for note in pool.notes) is is_told
