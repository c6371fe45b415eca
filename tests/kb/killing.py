"""A program that writes in a process of its own, until it is killed at some moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def killed_after(seconds: float, script: str, folder: Path, turn: int) -> int:
    """Run a script that counts its turns from ``turn`` on and prints each when it is published; kill it.

    :param script: prints ``ready`` before its first turn; ``sys.argv`` holds the folder and the turn.
    :returns: the last turn that it said was published.
    """
    writer = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(turn)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    said = [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    return max([turn, *said])
