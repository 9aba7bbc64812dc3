"""What a diagnostic bundle holds: all that the detection asked a computer, and its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeAnswer:
    """What a probe's child process said: its record, or what became of it instead."""

    record: dict[str, object] | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticBundle:
    """Raw answers of one computer, enough to run its detection again on another.

    `system` is as `sys.platform` has it. `answers` are those of the child processes by the
    names of their probes; a probe without one had nothing to ask. `files` are the texts of
    small system files by their paths without the leading slash, `folders` what was only looked
    into, `links` the symbolic links between them. `environ` has the variables that matter.
    """

    system: str
    versions: Mapping[str, str] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    processor_name: str = ""
    ram_total_bytes: int | None = None
    ram_available_bytes: int | None = None
    disk_free_bytes: int | None = None
    answers: Mapping[str, ProbeAnswer] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
