"""Brings the translations up to date with the source: `make translations`.

Qt's `lupdate` reads the window's own words. What the core says in English is collected here,
as templates, and handed to it as words of the context `core` (planner/ui/core_texts.py). New
words come out unfinished and are listed; a text that changed is a new one. `lrelease` then
writes what the window loads, and the templates are kept beside it.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "resources" / "translations"
TEMPLATES: Final = FOLDER / "core_texts.json"
LANGUAGES: Final = ("de", "zh_CN")

# Where the sentences come from that the window shows. Not here: what reads files and asks
# drivers (their words are quoted), what is written for a terminal, and data's own checks.
_SOURCES: Final = ("planner/core/**/*.py", "planner/hardware/simulated.py")
_NOTES: Final = (
    "planner/hardware/detect.py",
    "planner/hardware/nvml_probe.py",
    "planner/hardware/nvml_unified.py",
    "planner/hardware/system_memory.py",
    "planner/report/compare.py",
    "planner/report/saved.py",
)
_LEFT_OUT: Final = frozenset(
    f"planner/core/{name}.py"
    for name in (
        "blocks",
        "budget",
        "corrections",
        "device_match",
        "device_spec",
        "diagnostics",
        "records",
        "diagram/layout/layers",
        "diagram/model",
        "diagram/words",
        "estimate",
        "file_findings",
        "fine_tuning",
        "launch_parse",
        "launch_snippets",
        "model_card",
        "model_spec",
        "nearest",
        "pictures/advance_widths",
        "pictures/chart_words",
        "pictures/svg",
        "quant_format",
        "quant_mix",
        "reference_figures",
        "scrub",
        "units",
    )
)
_ACCURACY: Final = ROOT / "resources" / "accuracy.json"
_PARTS: Final = (
    "Weights",
    "Repacked weights",
    "KV cache",
    "Compute buffer",
    "Output buffer",
    "Runtime overhead",
)
# Names of tensors that are words, and words that stand alone in a place.
_SINGLE_WORDS: Final = (
    "feed-forward",
    "residual",
    "mask",
    "logits",
    "query",
    "rope factors",
    "scores of experts",
    "shares of experts",
    "inner of experts",
    "hidden of experts",
    # Sizes as marketed (specs/models).
    "{all}, {active} active",
    "closed",
    # Of a label that misleads (planner/core/published.py).
    "more",
    "less",
    # Of two answers compared (planner/report).
    *_PARTS,
    *(f"{part}, {{place}}" for part in _PARTS),
    "fits",
    "tight",
    "part of it in RAM",
    "does not fit",
    "cannot run",
    "{expected} GiB ({low} to {high})",
)
# A fault of the program, not a sentence for people.
_FAULTS: Final = frozenset({"ValueError", "TypeError", "KeyError", "AssertionError"})
# Where a figure was looked up: quoted, as sources are.
_SOURCE_NAME: Final = re.compile(r"(^|_)(SOURCE|source)$|_RANGE$")
_FORMAT_PLACE: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_PATTERN: Final = re.compile(r"[-^\\(\[]")  # an option's names, a regular expression
# Names of lists in errors of the command line, lines for a shell, a product.
_NOT_WORDS: Final = re.compile(r" quant format$|ollama serve|\$env|^LM Studio$")


def core_templates(root: Path = ROOT) -> tuple[str, ...]:
    """Return every template of the core's sentences, formulas and phrases, each once."""
    paths = [path for pattern in (*_SOURCES, *_NOTES) for path in sorted(root.glob(pattern))]
    found: dict[str, None] = {}
    for path in paths:
        if path.relative_to(root).as_posix() not in _LEFT_OUT:
            found |= dict.fromkeys(templates_of(path.read_text(encoding="utf-8")))
    # What was measured, by the names that its table has.
    table = json.loads(_ACCURACY.read_text(encoding="utf-8"))
    measured = sorted({row["part"] for row in (*table["rows"], *table["misses"])})
    return tuple(found | dict.fromkeys((*_SINGLE_WORDS, *measured)))


def templates_of(source: str) -> Iterator[str]:
    """Yield what a module could say: its texts with a word and a space in them."""
    tree = ast.parse(source)
    passed_over = {id(node) for node in _not_said(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            # Its pieces are no texts by themselves.
            passed_over |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            text = _template_of(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = _numbered(node.value)
        else:
            continue
        if _is_phrase(text):
            yield text.strip()


def _not_said(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that nobody reads on the screen: docstrings, faults, sources, types."""
    for node in ast.walk(tree):
        for each in _silent_parts(node):
            if each is not None:
                yield from ast.walk(each)


def _silent_parts(node: ast.AST) -> Iterable[ast.AST | None]:
    parts: tuple[ast.AST | None, ...] = ()
    match node:
        case ast.FunctionDef(args=args, returns=returns, body=[first, *_]):
            kinds = [each.annotation for each in (*args.args, *args.kwonlyargs)]
            parts = (returns, *kinds, _docstring(first))
        case ast.Module(body=[first, *_]) | ast.ClassDef(body=[first, *_]):
            parts = (_docstring(first),)
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in _FAULTS:
            parts = (node,)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _SOURCE_NAME.search(name):
            parts = (value,)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind, value=value):
            parts = (kind, value if _SOURCE_NAME.search(name) else None)
        case ast.keyword(arg="source", value=value):
            parts = (value,)
    return parts


def _docstring(first: ast.stmt) -> ast.AST | None:
    return first if isinstance(first, ast.Expr) else None


def _is_phrase(text: str) -> bool:
    words = text.strip()
    has_words = _WORD.search(_FORMAT_PLACE.sub("", words)) is not None
    is_fragment = text != words  # a part of a sentence, such as ` (tied)`
    is_pattern = _PATTERN.match(words) is not None and not is_fragment
    is_foreign = "\n" in words or is_pattern or _NOT_WORDS.search(words) is not None
    return has_words and " " in text and not is_foreign


def _template_of(joined: ast.JoinedStr) -> str:
    """Return an f-string with its places named after what stands in them."""
    parts: list[str] = []
    taken: dict[str, int] = {}
    for part in joined.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            name = _name_of(part.value)
            taken[name] = taken.get(name, 0) + 1
            parts.append(f"{{{name}{taken[name] if taken[name] > 1 else ''}}}")
    return "".join(parts)


def _name_of(node: ast.expr) -> str:
    """Return a name for a place that a translator understands."""
    name = "value"
    match node:
        case ast.Name(id=name):
            pass
        case ast.Attribute(value=ast.Name(id=owner), attr="name" | "id" as attribute):
            name = f"{owner.rstrip('_')}_{attribute}"
        case ast.Attribute(attr=attribute):
            name = attribute.lstrip("_")
        case ast.Call(func=ast.Attribute(attr="join")):
            name = "list"
        case (
            ast.Call(args=[inner, *_]) | ast.BinOp(left=inner) | ast.BoolOp(values=[inner, *_])
        ):
            name = _name_of(inner)
    return name


def _numbered(text: str) -> str:
    """Return a `str.format` template with its places counted, as a translator may move them."""
    numbers = iter(range(len(text)))
    return _FORMAT_PLACE.sub(lambda _: f"{{{next(numbers)}}}", text)


def update(ts_paths: Iterable[Path], templates: Iterable[str]) -> None:
    """Have `lupdate` bring the files up to date with the window's and the core's words."""
    modules = sorted((ROOT / "planner" / "ui").rglob("*.py"))
    with tempfile.TemporaryDirectory() as folder:
        core = Path(folder) / "core.py"
        calls = (f"translate('core', {json.dumps(each)})\n" for each in templates)
        core.write_text("".join(calls), encoding="utf-8")
        for ts_path in ts_paths:
            options = (
                "-no-obsolete",
                "-locations",
                "none",
                "-silent",
                "-source-language",
                "en",
            )
            _run("pyside6-lupdate", *options, *modules, core, "-ts", ts_path)


def release(ts_path: Path, qm_path: Path) -> None:
    """Have `lrelease` write what the window loads."""
    _run("pyside6-lrelease", "-silent", ts_path, "-qm", qm_path)


def unfinished(ts_path: Path) -> list[str]:
    """Return the texts that wait for a translation."""
    waiting = []
    for message in ET.parse(ts_path).getroot().iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") == "unfinished":
            waiting.append(message.findtext("source", ""))
    return waiting


def _run(tool: str, *arguments: object) -> None:
    program = Path(sys.executable).with_name(tool)
    subprocess.run([program, *map(str, arguments)], check=True)


def main() -> int:
    """Update everything and say what waits for a translator."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    templates = core_templates()
    TEMPLATES.write_text(json.dumps(templates, indent=0) + "\n", encoding="utf-8")
    ts_paths = [FOLDER / f"phi-planner_{language}.ts" for language in LANGUAGES]
    update(ts_paths, templates)
    waiting = 0
    for ts_path in ts_paths:
        release(ts_path, ts_path.with_suffix(".qm"))
        for source in unfinished(ts_path):
            waiting += 1
            print(f"{ts_path.name}: {source}")
    print(
        f"{waiting} texts wait for a translation." if waiting else "All texts are translated."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
