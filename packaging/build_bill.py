"""What the packaged app is made of: a CycloneDX bill of materials, and every licence's text.

Runs inside the build environment (`python packaging/build_bill.py APP`), since that knows each
library's own words about itself. Only what is really in the app is listed.
"""

import hashlib
import json
import re
import sys
import sysconfig
import uuid
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any, Final

from build_parts import ROOT, VERSION, epoch

_LICENCE_FILE: Final = re.compile(r"(?i)(licen[cs]e|copying|notice|ofl)")
# What is inside wheels or comes from the system, with whose words say which version.
_QT_LICENCE: Final = "LGPL-3.0-only"
_CLASSIFIER: Final = "License :: OSI Approved :: "
_SPDX_OF_WORDS: Final = {
    "BSD": "BSD-3-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "MIT": "MIT",
}


def bill_of(app: Path) -> dict[str, Any]:
    """Return the CycloneDX 1.6 document of an app's folder."""
    listed = [_component(found) for found in _bundled(app)]
    listed += _parts_of_no_package(app)
    listed.sort(key=lambda each: str(each["bom-ref"]))
    names = "\n".join(str(each["bom-ref"]) for each in listed)
    created = datetime.fromtimestamp(epoch(), UTC).isoformat().replace("+00:00", "Z")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same parts have the same number.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, VERSION + names)}",
        "version": 1,
        "metadata": {
            "timestamp": created,
            "component": {
                "type": "application",
                "bom-ref": f"phi-planner@{VERSION}",
                "name": "phi-planner",
                "version": VERSION,
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": listed,
        "dependencies": [
            {
                "ref": f"phi-planner@{VERSION}",
                "dependsOn": [each["bom-ref"] for each in listed],
            }
        ],
    }


def _bundled(app: Path) -> list[Distribution]:
    """Return the packages of which the app has a module, pure ones too."""
    inside = app / "_internal"
    programs = (app / "phi-planner", app / "phi-planner.exe")
    archive = next((each.read_bytes() for each in programs if each.is_file()), b"")
    found = []
    for each in distributions():
        name = _name(each)
        if name in _NOT_BUNDLED or name == "phi-planner":
            continue
        modules = {
            Path(file).parts[0].removesuffix(".py")
            for file in each.files or ()
            if _is_code(file)
        }
        # The program itself starts with PyInstaller's loader.
        if _name(each) == "pyinstaller" or any(
            (inside / module).exists() or module.encode() in archive for module in modules
        ):
            found.append(each)
    return sorted(found, key=_name)


# In the build environment, and not in the app.
_NOT_BUNDLED: Final = frozenset(
    {"altgraph", "hatchling", "packaging", "pathspec", "pip", "pluggy"}
    | {"pyinstaller-hooks-contrib", "setuptools", "tomlkit", "trove-classifiers", "colorama"}
)


def _is_code(file: object) -> bool:
    parts = Path(str(file)).parts
    return not parts[0].endswith((".dist-info", ".libs", ".data")) and parts[0] != ".."


def _component(found: Distribution) -> dict[str, object]:
    name, version = _name(found), found.version
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "licenses": [_licence(found)],
    }


def _licence(found: Distribution) -> dict[str, object]:
    about = dict(found.metadata.json)
    expression = about.get("license_expression")
    if expression:
        return {"expression": str(expression)}
    if _name(found).startswith(("pyside6", "shiboken6")):
        return {"expression": _QT_LICENCE}
    words = str(about.get("license") or "").strip()
    if words in _SPDX_OF_WORDS:
        return {"license": {"id": _SPDX_OF_WORDS[words]}}
    classifiers = [str(each) for each in found.metadata.get_all("Classifier") or ()]
    stated = [each.removeprefix(_CLASSIFIER) for each in classifiers if _CLASSIFIER in each]
    text = stated[0] if stated else (words.splitlines() or ["not stated"])[0][:80]
    return {
        "license": {"id": _SPDX_OF_WORDS[text]} if text in _SPDX_OF_WORDS else {"name": text}
    }


def _parts_of_no_package(app: Path) -> list[dict[str, object]]:
    """Return Python, Qt and the shared libraries, each with the digest of its file."""
    qt = next((each.version for each in distributions() if _name(each) == "shiboken6"), "")
    parts: list[dict[str, object]] = [
        _part("python", sys.version.split()[0], "PSF-2.0"),
        _part("qt", qt, _QT_LICENCE),
    ]
    for file in sorted(app.rglob("*.so*")):
        is_ours = "lib-dynload" in file.parts or ".cpython-" in file.name
        if (
            file.is_symlink()
            or is_ours
            or ".abi3." in file.name
            or not file.name.startswith("lib")
        ):
            continue
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        parts.append(
            {
                "type": "file",
                "bom-ref": f"file:{file.relative_to(app).as_posix()}",
                "name": file.relative_to(app).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
        )
    return parts


def _part(name: str, version: str, licence: str) -> dict[str, object]:
    return {
        "type": "library",
        "bom-ref": f"{name}@{version}",
        "name": name,
        "version": version,
        "licenses": [{"expression": licence}],
    }


def write_licences(app: Path, target: Path) -> None:
    """Write the texts that come with the bundled packages, one folder a package."""
    target.mkdir(parents=True, exist_ok=True)
    for found in _bundled(app):
        for file in found.files or ():
            head, _, inside = str(file).partition(".dist-info/")
            if "/" in head or not (
                inside.startswith("licenses/") or _LICENCE_FILE.match(inside)
            ):
                continue
            place = target / _name(found) / inside.removeprefix("licenses/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_as_utf8(Path(str(found.locate_file(file))).read_bytes()))
    python_text = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if python_text.is_file():
        (target / "python.txt").write_bytes(python_text.read_bytes())
    for text in sorted((ROOT / "packaging/licenses").glob("*.txt")):
        (target / text.name).write_bytes(text.read_bytes())
    (target / "README.md").write_bytes((ROOT / "packaging/LICENSES.md").read_bytes())


def _as_utf8(text: bytes) -> bytes:
    """Return a text in UTF-8; some old ones are in Latin-1."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1").encode("utf-8")
    return text


def _name(found: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", str(found.metadata["Name"])).lower()


def main() -> None:
    """Write both into the app's folder."""
    app = Path(sys.argv[1])
    text = json.dumps(bill_of(app), indent=1, sort_keys=True) + "\n"
    write_licences(app, app / "licenses")
    (app / "sbom.cdx.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
