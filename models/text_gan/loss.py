"""Losses of text_gan: hinge game plus a stated reconstruction term.

Hinge loss: Lim and Ye 2017, arXiv 1705.02894. Mismatched pairs as fakes: Reed et al. 2016, arXiv 1605.05396
(GAN-CLS). Shift augmentation: DiffAugment, Zhao et al. 2020, arXiv 2006.10738. No gradient penalty: the
spectral norm of every layer bounds the critic. The reconstruction term makes the net remember its pictures;
with one picture a concept that is what makes small training recognisable.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["critic_loss", "generator_loss", "reconstruction_loss", "shift_pictures"]


def reconstruction_loss(drawn: Tensor, real: Tensor) -> Tensor:
    """L1 of pixels, 2x2 and 4x4 averages, and differences of neighbours; both [B,4,S,S], scalar."""
    error = drawn - real
    loss = error.abs().mean()
    loss = loss + 0.5 * functional.avg_pool2d(error, 2).abs().mean()
    loss = loss + 0.5 * functional.avg_pool2d(error, 4).abs().mean()
    loss = loss + 0.5 * (error[..., 1:] - error[..., :-1]).abs().mean()
    return loss + 0.5 * (error[..., 1:, :] - error[..., :-1, :]).abs().mean()


def critic_loss(real: Tensor, mismatched: Tensor, drawn: Tensor) -> Tensor:
    """Hinge loss from scores [B]: real above 1; real under a wrong text, and drawn, below -1."""
    wrong = 0.5 * functional.relu(1.0 + mismatched).mean() + functional.relu(1.0 + drawn).mean()
    return functional.relu(1.0 - real).mean() + wrong


def generator_loss(drawn: Tensor) -> Tensor:
    """The drawn pictures' scores [B] should be high."""
    return -drawn.mean()


def shift_pictures(pictures: Tensor, shifts: Tensor) -> Tensor:
    """Move each picture [B,4,S,S] by its own (down, right) px of `shifts` [B,2], repeating the border."""
    size = pictures.shape[-1]
    grid = torch.arange(size, device=pictures.device)
    rows = (grid[None, :] - shifts[:, :1]).clamp(0, size - 1)  # [B,S]
    columns = (grid[None, :] - shifts[:, 1:]).clamp(0, size - 1)  # [B,S]
    batch = torch.arange(pictures.shape[0], device=pictures.device)[:, None, None]
    # indices around a slice put the channel axis last
    moved = pictures[batch, :, rows[:, :, None], columns[:, None, :]]  # [B,S,S,4]
    return moved.permute(0, 3, 1, 2)
