"""What this computer and its user are called, to be taken out of what is given away."""

import contextlib
import os
from pathlib import Path


def private_words() -> tuple[str, ...]:
    """Return the names of the user, the home folder and the computer, as far as known."""
    # Only here: nobody else asks.
    import platform

    host = platform.node()
    words = [os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME")]
    words += [host, host.partition(".")[0]]
    with contextlib.suppress(RuntimeError):  # an account without a home, as services have
        words.append(Path.home().name)
    return tuple(dict.fromkeys(word for word in words if word))
