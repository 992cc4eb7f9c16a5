"""Shape checks at the borders of tensor code."""

from __future__ import annotations

from torch import Tensor

__all__ = ["check_shape"]


def check_shape(tensor: Tensor, expected: tuple[int | None, ...], name: str) -> None:
    """Raise ValueError when `tensor` is not of the expected shape; None in `expected` allows any length."""
    actual = tuple(tensor.shape)
    fits = len(actual) == len(expected) and all(
        want is None or want == got for want, got in zip(expected, actual, strict=True)
    )
    if not fits:
        wanted = ",".join("*" if want is None else str(want) for want in expected)
        raise ValueError(f"{name}: expected shape [{wanted}], got {list(actual)}")
