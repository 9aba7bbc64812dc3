"""The work of the child processes of a packaged app, which has no Python but itself to call."""

from collections.abc import Sequence


def run_child(arguments: Sequence[str]) -> bool:
    """Do a child's work if that is what this process was made for.

    Args:
        arguments: Of the command line; a child's has one that no person gives.

    Returns:
        Whether it was; most children end the process themselves.
    """
    match list(arguments[:1]):
        case ["--nvml-child"]:
            from planner.hardware import nvml_child

            nvml_child.main()
        case ["--nvml-watch"]:
            from planner.hardware import nvml_watch

            nvml_watch.main()
        case ["--apple-child"]:
            from planner.hardware import apple_child

            apple_child.main()
        case ["--windows-child"]:
            from planner.hardware import windows_child

            windows_child.main()
        case _:
            return False
    return True
