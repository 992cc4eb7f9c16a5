from __future__ import annotations

import pytest
import torch

from models.text_gan.config import NetConfig
from models.text_gan.network import Critic, Generator

SMALL = NetConfig(
    text_numbers=6, latent_numbers=4, hidden=8, style=8, channels=(8, 8, 4), critic_channels=(4, 8)
)


def test_the_generator_draws_four_planes_between_minus_one_and_one() -> None:
    drawn = Generator(SMALL)(torch.randn(3, 6), torch.randn(3, 4))

    assert tuple(drawn.shape) == (3, 4, SMALL.size_px, SMALL.size_px) == (3, 4, 16, 16)
    assert float(drawn.detach().abs().max()) <= 1.0


def test_a_picture_does_not_depend_on_its_neighbours_in_the_batch() -> None:
    net = Generator(SMALL).eval()
    text, latent = torch.randn(3, 6), torch.randn(3, 4)

    alone = net(text[1:2], latent[1:2])

    assert torch.allclose(net(text, latent)[1:2], alone, atol=1e-5)


@pytest.mark.parametrize(("text", "latent"), [((2, 5), (2, 4)), ((2, 6), (3, 4)), ((6,), (1, 4))])
def test_wrong_shapes_are_named(text: tuple[int, ...], latent: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected shape"):
        Generator(SMALL)(torch.zeros(text), torch.zeros(latent))


def test_the_shipped_size_is_within_its_budget() -> None:
    net = NetConfig()
    generator = sum(value.numel() for value in Generator(net).parameters())

    assert net.size_px == 64
    assert generator * 2 < 8_000_000  # bytes in half width


def test_the_critic_scores_each_picture_against_each_sentence() -> None:
    critic = Critic(SMALL)
    pictures, right, wrong = torch.randn(3, 4, 16, 16), torch.randn(3, 6), torch.randn(3, 6)

    scores = critic(pictures, (right, wrong))

    assert [tuple(score.shape) for score in scores] == [(3,), (3,)]
    assert not torch.allclose(scores[0], scores[1])
