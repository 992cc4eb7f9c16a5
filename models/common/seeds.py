"""Where randomness comes from: named generators, never the global one."""

from __future__ import annotations

import hashlib

import torch

__all__ = ["generator", "mix_seed"]


def generator(seed: int) -> torch.Generator:
    """A CPU generator with its own state."""
    return torch.Generator().manual_seed(seed)


def mix_seed(seed: int, name: str) -> int:
    """A 63-bit seed that depends on both, so that two uses of one seed draw different numbers."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
