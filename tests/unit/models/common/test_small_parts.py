from __future__ import annotations

import pytest
import torch
from torch import nn

from models.common.ema import Ema
from models.common.seeds import generator, mix_seed
from models.common.shapes import check_shape


def test_the_average_moves_towards_its_source_and_forgets_its_start() -> None:
    source = nn.Linear(1, 1, bias=False)
    source.weight.data.fill_(0.0)
    ema = Ema(source, decay=0.9)
    source.weight.data.fill_(1.0)

    first: list[float] = []
    for _ in range(60):
        ema.update(source)
        first.append(float(next(ema.net.parameters())))

    assert first == sorted(first)
    assert first[-1] == pytest.approx(1.0, abs=1e-2)
    assert not next(ema.net.parameters()).requires_grad


def test_a_resumed_average_is_slow_at_once() -> None:
    source = nn.Linear(1, 1, bias=False)
    source.weight.data.fill_(0.0)
    ema = Ema(source, decay=0.9)
    ema.resume(10_000)
    source.weight.data.fill_(1.0)

    ema.update(source)

    assert float(next(ema.net.parameters())) == pytest.approx(0.1, abs=1e-6)


def test_seeds_depend_on_number_and_name() -> None:
    mixed = {mix_seed(1, "a"), mix_seed(1, "b"), mix_seed(2, "a")}

    assert len(mixed) == 3
    assert all(0 <= seed < 2**63 for seed in mixed)
    assert mix_seed(1, "a") == mix_seed(1, "a")


def test_a_generator_leaves_the_global_one_alone() -> None:
    before = torch.get_rng_state()

    drawn = torch.rand(3, generator=generator(4))

    assert torch.equal(drawn, torch.rand(3, generator=generator(4)))
    assert torch.equal(torch.get_rng_state(), before)


def test_shapes_are_checked_by_name() -> None:
    check_shape(torch.zeros(2, 3), (None, 3), "text")
    with pytest.raises(ValueError, match=r"text: expected shape \[\*,4\], got \[2, 3\]"):
        check_shape(torch.zeros(2, 3), (None, 4), "text")
    with pytest.raises(ValueError, match="text"):
        check_shape(torch.zeros(2), (None, 4), "text")
