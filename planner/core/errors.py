"""What a person can act on. Every other exception is a bug and is left to rise."""


class PlannerError(Exception):
    """A sentence for the person in front of the program: what happened and what to do.

    Its text is shown as it stands, in the terminal and in the window.
    """


class UnsupportedPlanError(PlannerError):
    """The runtime refuses this plan or cannot run this model; the text is the reason."""


class UnknownNameError(PlannerError):
    """A model, quant format or device that is not known; the nearest names are offered."""
