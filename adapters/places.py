"""Where an answer goes, as the adapters write it into a ReplyAddress: a small JSON object."""

from __future__ import annotations

import json
from typing import Any

from engine.contract.errors import AddressGone

Place = dict[str, Any]


def read_place(payload: str, key: str) -> Place | None:
    """Return the place that ``payload`` describes, None unless it has the whole number ``key``."""
    try:
        place = json.loads(payload)
        return place if isinstance(place[key], int) else None
    except (ValueError, KeyError, TypeError):
        return None


def known_place(payload: str, key: str) -> Place:
    """Return the place that ``payload`` describes; raise AddressGone when it is none."""
    place = read_place(payload, key)
    if place is None:
        raise AddressGone
    return place
