import pytest

from planner.hardware.nvml_processes import program_name


@pytest.mark.parametrize(
    ("command", "short_name", "name"),
    [
        ("/usr/bin/python3 train.py --data /home/user/secret", None, "python3"),
        ("/usr/bin/python3 train.py --data /home/user/secret", "python3", "python3"),
        ("/opt/My Games/My Game/game --full", "game", "game"),
        # Of 15 letters there may be more; of another process's there is none in it.
        ("/usr/bin/plasma-systemmonitor", "plasma-systemmo", "plasma-systemmonitor"),
        ("/usr/bin/blender", "systemd", "blender"),
        (r"C:\Program Files\Some Browser\browser.exe --type=gpu", None, "browser.exe"),
        (r"\Device\HarddiskVolume3\tool", None, "tool"),
        ("python", None, "python"),
        ("", None, ""),
    ],
)
def test_that_a_program_is_called_without_its_folder_and_arguments(command, short_name, name):
    assert program_name(command, short_name=short_name) == name
