"""The icon and the version of the Windows programs, which no Windows has looked at yet."""

import ast
import runpy
import struct
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "packaging/windows/make_resources.py"


@pytest.fixture(scope="module")
def resources():
    return runpy.run_path(str(SCRIPT))


def test_that_each_picture_is_found_where_the_icon_says(resources):
    pictures = {16: b"small", 256: b"much larger"}
    icon = resources["icon_file"](pictures)
    assert struct.unpack_from("<HHH", icon) == (0, 1, 2)
    found = {}
    for number in range(2):
        width, _, _, _, _, bits, size, offset = struct.unpack_from(
            "<BBBBHHII", icon, 6 + 16 * number
        )
        assert bits == 32
        found[width or 256] = icon[offset : offset + size]
    assert found == pictures


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("2.3", (2, 3, 0, 0))]
)
def test_that_the_version_has_the_four_numbers_that_windows_wants(resources, version, numbers):
    text = resources["version_resource"](version)
    (call,) = (
        each
        for each in ast.walk(ast.parse(text, mode="eval"))
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "FixedFileInfo"
    )
    values = {each.arg: ast.literal_eval(each.value) for each in call.keywords}
    assert values["filevers"] == values["prodvers"] == numbers
    assert f'"ProductVersion", "{version}"' in text
