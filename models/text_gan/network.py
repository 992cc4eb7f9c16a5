"""Generator and discriminator of text_gan.

Generator: a mapping net turns sentence vector and latent into w (StyleGAN, Karras et al. 2019, arXiv
1812.04948, section 2); w scales and shifts every layer after instance normalisation (AdaIN, Huang and
Belongie 2017, arXiv 1703.06868). Discriminator: spectral norm (Miyato et al. 2018, arXiv 1802.05957) and a
projection of the condition (Miyato and Koyama 2018, arXiv 1802.05637). Deviation: the first convolution of a
block runs before the upsampling, which halves the arithmetic of the net at the same number of weights.
"""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.parametrizations import spectral_norm

from models.common.shapes import check_shape
from models.text_gan.config import NetConfig

__all__ = ["Critic", "Generator"]

SLOPE = 0.2  # leaky ReLU, as in DCGAN
PICTURE_CHANNELS = 4  # premultiplied red, green, blue, and alpha; all scaled to -1..1


class Modulated(nn.Module):
    """Convolution, instance normalisation, scale and shift from w, leaky ReLU."""

    def __init__(self, inputs: int, outputs: int, style: int) -> None:
        super().__init__()
        # no bias: normalisation would remove it
        self.convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.affine = nn.Linear(style, 2 * outputs)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:  # x [B,Cin,H,W], w [B,style]
        x = self.convolution(x)
        variance, mean = torch.var_mean(x, dim=(2, 3), keepdim=True, unbiased=False)  # [B,C,1,1]
        scale, shift = self.affine(w)[:, :, None, None].chunk(2, dim=1)
        # normalisation and modulation folded into one multiply-add over the picture
        gain = (1.0 + scale) * torch.rsqrt(variance + 1e-5)
        return functional.leaky_relu(torch.addcmul(shift - mean * gain, x, gain), SLOPE)


class Block(nn.Module):
    """Doubles the size: modulated convolution, upsampling, modulated convolution; a 1x1 skip beside them."""

    def __init__(self, inputs: int, outputs: int, style: int) -> None:
        super().__init__()
        self.coarse = Modulated(inputs, outputs, style)
        self.fine = Modulated(outputs, outputs, style)
        self.skip = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:  # [B,Cin,H,W] -> [B,Cout,2H,2W]
        skipped = functional.interpolate(self.skip(x), scale_factor=2.0, mode="nearest")
        fine = functional.interpolate(self.coarse(x, w), scale_factor=2.0, mode="nearest")
        finished: Tensor = self.fine(fine, w)
        return skipped + finished


class Generator(nn.Module):
    """Draws one subject from a sentence vector and a latent."""

    def __init__(self, config: NetConfig) -> None:
        super().__init__()
        self.config = config
        self.mapping = nn.Sequential(
            nn.Linear(config.text_numbers + config.latent_numbers, config.hidden),
            nn.LeakyReLU(SLOPE),
            nn.Linear(config.hidden, config.style),
            nn.LeakyReLU(SLOPE),
        )
        self.start = nn.Linear(config.style, 16 * config.channels[0])
        pairs = pairwise(config.channels)
        self.blocks = nn.ModuleList(Block(inputs, outputs, config.style) for inputs, outputs in pairs)
        self.colour = nn.Conv2d(config.channels[-1], PICTURE_CHANNELS, 3, padding=1)

    def forward(self, text: Tensor, latent: Tensor) -> Tensor:
        """Draw pictures [B,4,S,S] in -1..1 (premultiplied) from text [B,E] and latent [B,Z]."""
        check_shape(text, (None, self.config.text_numbers), "text")
        check_shape(latent, (text.shape[0], self.config.latent_numbers), "latent")
        w = self.mapping(torch.cat([text, latent], dim=1))  # [B,style]
        x = self.start(w).view(-1, self.config.channels[0], 4, 4)
        x = x.contiguous(memory_format=torch.channels_last)
        for block in self.blocks:
            x = block(x, w)
        return torch.tanh(self.colour(x))


class Critic(nn.Module):
    """Judges pictures, alone and against a sentence."""

    def __init__(self, config: NetConfig) -> None:
        super().__init__()
        widths = (PICTURE_CHANNELS, *config.critic_channels)
        layers: list[nn.Module] = []
        for inputs, outputs in pairwise(widths):
            layers += [spectral_norm(nn.Conv2d(inputs, outputs, 4, 2, 1)), nn.LeakyReLU(SLOPE)]
        self.features = nn.Sequential(*layers)
        self.reduced_px = config.size_px // 2 ** len(config.critic_channels)
        self.verdict = spectral_norm(nn.Linear(widths[-1] * self.reduced_px**2, 1))
        self.projection = spectral_norm(nn.Linear(config.text_numbers, widths[-1], bias=False))

    def forward(self, pictures: Tensor, texts: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
        """Scores [B] of pictures [B,4,S,S] against each of `texts` [B,E]; features are computed once."""
        features = self.features(pictures)  # [B,C,s,s]
        alone = self.verdict(features.flatten(1)).squeeze(1)  # [B]
        mean = features.mean(dim=(2, 3))  # [B,C]
        return tuple(alone + (self.projection(text) * mean).sum(dim=1) for text in texts)
