"""How much memory this process holds and has held, in MB."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident() -> float:
    """What the process holds now, mapped files that were read included."""
    return _held("VmRSS:")


def peak() -> float:
    """The most that the process has held; where the system doesn't tell, what it holds now."""
    return _held("VmHWM:")


def _held(line: str) -> float:
    # Not ru_maxrss, which counts what the parent held at the fork too.
    if _STATUS.exists():
        for found in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if found.startswith(line):
                return int(found.split()[1]) * 1024 / 1e6
    import psutil

    info = psutil.Process().memory_info()
    return float((getattr(info, "peak_wset", info.rss) if line == "VmHWM:" else info.rss) / 1e6)
