"""Curves of motion: how far something has come, 0 to 1, at a time 0 to 1."""

from __future__ import annotations


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """Return ``value`` held between ``low`` and ``high``."""
    return min(high, max(low, value))


def span(frame: float, start: float, length: float) -> float:
    """Return how much of a span of ``length`` frames from ``start`` has passed at ``frame``, 0 to 1."""
    if length <= 0:
        return 1.0 if frame >= start else 0.0
    return clamp((frame - start) / length)


def ease_out(t: float) -> float:
    """Fast at first, then settling (cubic)."""
    return 1.0 - (1.0 - clamp(t)) ** 3


def ease_in_out(t: float) -> float:
    """Slow at both ends (smoothstep)."""
    t = clamp(t)
    return t * t * (3.0 - 2.0 * t)


def overshoot(t: float, amount: float = 1.3) -> float:
    """Go a little beyond 1 and come back, as something springy does."""
    t = clamp(t) - 1.0
    return 1.0 + (amount + 1.0) * t**3 + amount * t**2


def lerp(start: float, end: float, t: float) -> float:
    """Return the value ``t`` of the way from ``start`` to ``end``."""
    return start + (end - start) * t
