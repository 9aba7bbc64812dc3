"""The pages of the detail. No Qt: the controller speaks of pages too."""

from enum import StrEnum


class Page(StrEnum):
    """What is told about the chosen cell; the values are those of the settings file."""

    MEMORY = "memory"
    ARCHITECTURE = "architecture"
    SPECIFICATION = "specification"
    SPEED = "speed"
    RUN_IT = "run-it"
