from __future__ import annotations

import pytest
import torch

from models.text_gan.loss import critic_loss, generator_loss, reconstruction_loss, shift_pictures


def test_reconstruction_of_the_same_picture_costs_nothing() -> None:
    picture = torch.randn(2, 4, 8, 8)

    assert float(reconstruction_loss(picture, picture)) == 0.0


def test_an_even_shift_of_brightness_costs_its_mean_and_its_averages() -> None:
    picture = torch.zeros(2, 4, 8, 8)

    assert float(reconstruction_loss(picture + 0.5, picture)) == pytest.approx(0.5 * (1 + 0.5 + 0.5))


def test_the_critic_is_content_beyond_its_margins() -> None:
    good, bad = torch.full((3,), 1.5), torch.full((3,), -1.5)

    assert float(critic_loss(good, bad, bad)) == 0.0
    assert float(critic_loss(bad, good, good)) == pytest.approx(2.5 + 0.5 * 2.5 + 2.5)


def test_the_generator_wants_high_scores() -> None:
    assert float(generator_loss(torch.tensor([1.0, 3.0]))) == -2.0


def test_pictures_move_by_their_own_shift_and_repeat_the_border() -> None:
    picture = torch.arange(16.0).reshape(1, 1, 4, 4).repeat(2, 4, 1, 1)

    moved = shift_pictures(picture, torch.tensor([[1, 0], [0, -1]]))

    assert moved[0, 0].tolist() == [[0, 1, 2, 3], [0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    assert moved[1, 0, 0].tolist() == [1, 2, 3, 3]


def test_gradients_pass_through_a_shift() -> None:
    picture = torch.zeros(1, 4, 4, 4, requires_grad=True)

    shift_pictures(picture, torch.tensor([[0, 0]])).sum().backward()

    assert picture.grad is not None
    assert float(picture.grad.sum()) == 64.0
