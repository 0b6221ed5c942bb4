"""Limits of time on machines that are slow, or have more to do than one test."""

from __future__ import annotations

import os


def patient(seconds: float) -> float:
    """Return how long may take here what takes at most so long on a good machine by itself.

    Twice as long on any, and as often once more as processes wait for each processor.
    """
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return (2 + waiting) * seconds
