"""Builds the fake NVIDIA driver library, for tests and for trying the app out.

export LD_LIBRARY_PATH=$(python tests/fake_nvml/build.py /some/folder)
export FAKE_NVML_CONFIG=$PWD/tests/fake_nvml/scenes/two_gpus.conf
phi-planner devices
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
SCENES: Final = HERE / "scenes"
LIBRARY_NAME: Final = "libnvidia-ml.so.1"
NO_COMPILER: Final = "no C compiler here, or not Linux: the fake NVIDIA driver cannot be built"


def build_fake_nvml(target_dir: Path) -> Path | None:
    """Compile the library into `target_dir` and return that folder.

    Returns:
        What LD_LIBRARY_PATH should name, or `None` where there is no C compiler.
    """
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or sys.platform != "linux":
        return None
    target_dir.mkdir(parents=True, exist_ok=True)
    options = ("-shared", "-fPIC", "-O1", "-std=c99", "-Wall", "-Wextra", "-Werror")
    subprocess.run(
        [
            compiler,
            *options,
            "-fvisibility=hidden",
            f"-Wl,-soname,{LIBRARY_NAME}",
            "-o",
            str(target_dir / LIBRARY_NAME),
            str(HERE / "fake_nvml.c"),
        ],
        check=True,
    )
    return target_dir.resolve()


def scene_environment(library_dir: Path, scene: str) -> dict[str, str]:
    """Return the variables with which a process sees the GPUs of one scene."""
    path = SCENES / f"{scene}.conf"
    if not path.is_file():
        raise FileNotFoundError(path)
    return {"LD_LIBRARY_PATH": str(library_dir), "FAKE_NVML_CONFIG": str(path)}


def main(arguments: list[str]) -> int:
    """Build into the folder that is named, and print it."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python tests/fake_nvml/build.py FOLDER\n")
        return 2
    folder = build_fake_nvml(Path(arguments[0]))
    if folder is None:
        sys.stderr.write(f"{NO_COMPILER}\n")
        return 1
    sys.stdout.write(f"{folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
