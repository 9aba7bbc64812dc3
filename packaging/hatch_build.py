"""The build hook: checks specs/ once, when the app is built, and ships the checked form.

Checked, shipped data need not be checked again at each start, and the command line need not
load the library that checks it.
"""

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any, Protocol, cast

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED_NAME = "planner/_data/checked_specs.json"


class CheckedModule(Protocol):
    """What is used of `planner.catalogue.checked`."""

    def write_checked_specs(self, specs_dir: Path, target: Path) -> None:
        """Check all of `specs_dir` and write the result to `target`."""


def write_checked_specs(root: Path, target: Path) -> bool:
    """Write the checked form of `root`/specs to `target`; false where no code does that yet."""
    if not (root / "planner" / "catalogue" / "checked.py").is_file():
        return False
    sys.path.insert(0, str(root))
    try:
        checked = cast("CheckedModule", importlib.import_module("planner.catalogue.checked"))
        target.parent.mkdir(parents=True, exist_ok=True)
        checked.write_checked_specs(root / "specs", target)
    finally:
        sys.path.remove(str(root))
    return True


class CheckedSpecsHook(BuildHookInterface):  # type: ignore[type-arg] # hatchling's own example
    """Puts the checked specs into the wheel, or beside the code for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file before the wheel is packed."""
        root = Path(self.root)
        if version == "editable":
            self._write_beside_the_code(root)
            return
        self._scratch = tempfile.TemporaryDirectory(prefix="phi-planner-build-")
        target = Path(self._scratch.name) / "checked_specs.json"
        if write_checked_specs(root, target):
            build_data["force_include"][str(target)] = SHIPPED_NAME

    def _write_beside_the_code(self, root: Path) -> None:
        """Let a spec that is being edited not stand in the way of an installation."""
        try:
            write_checked_specs(root, root / SHIPPED_NAME)
        except Exception as error:  # noqa: BLE001 - the app says the same, and reads specs/ itself
            self.app.display_warning(str(error))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what `initialize` wrote for the wheel."""
        scratch = getattr(self, "_scratch", None)
        if scratch is not None:
            scratch.cleanup()
