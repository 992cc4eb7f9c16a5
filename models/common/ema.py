"""Moving average of a net's weights: what is kept and shipped (Yazici et al. 2019, arXiv 1806.04498)."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

__all__ = ["Ema"]


class Ema:
    """Follows a net; `net` is the averaged copy."""

    def __init__(self, source: nn.Module, *, decay: float) -> None:
        """`decay` is the share of the old average kept at each step, 0..1."""
        self.net = copy.deepcopy(source).eval().requires_grad_(False)
        self._decay = decay
        self._steps = 0

    def update(self, source: nn.Module) -> None:
        """Move the average towards `source`; young averages move faster, so that the start is forgotten."""
        self._steps += 1
        decay = min(self._decay, (1 + self._steps) / (10 + self._steps))
        with torch.no_grad():
            mine: list[Tensor] = list(self.net.parameters())
            theirs: list[Tensor] = list(source.parameters())
            torch._foreach_lerp_(mine, theirs, 1.0 - decay)

    def resume(self, steps: int) -> None:
        """Say how many steps the loaded average has already seen."""
        self._steps = steps
