"""Sizes of the net and settings of a training run."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NetConfig", "TrainConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetConfig:
    """Shape of generator and discriminator; written into every checkpoint."""

    #: Length of a sentence vector (multilingual-e5-small has 384).
    text_numbers: int = 384
    #: Length of the latent z.
    latent_numbers: int = 32
    #: Numbers at the start of z that carry the motion phase, as cos and sin of harmonics; zero for stills.
    motion_numbers: int = 8
    #: Width of the first dense layer.
    hidden: int = 512
    #: Width of w, which modulates every layer.
    style: int = 256
    #: Channels at 4 px and after each doubling; five entries draw 64 px.
    channels: tuple[int, ...] = (256, 192, 128, 64, 32)
    #: Channels of the discriminator after each halving.
    critic_channels: tuple[int, ...] = (32, 64, 128, 256)

    @property
    def size_px(self) -> int:
        """Width and height of a drawn picture, px."""
        return int(4 * 2 ** (len(self.channels) - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """One training run."""

    #: Length of the whole schedule, minutes; resumed runs go on inside it.
    minutes: float = 120.0
    #: Stop after this many steps, whatever the time; None is no limit.
    max_steps: int | None = None
    #: Pictures a step. Small, because on a CPU pictures are what is scarce, not steps.
    batch: int = 16
    #: Peak learning rate of the generator.
    generator_rate: float = 1.2e-3
    #: Peak learning rate of the discriminator.
    critic_rate: float = 3e-4
    #: Steps over which the rate rises from zero, also after a resume.
    warmup_steps: int = 200
    #: Share of the schedule after which the rates fall linearly to zero.
    decay_from: float = 0.6
    #: Weight of the reconstruction term.
    reconstruction_weight: float = 3.0
    #: Weight of the adversarial term of the generator.
    adversarial_weight: float = 0.03
    #: Share of the schedule after which the discriminator starts to learn; the generator listens 5 % later.
    adversarial_from: float = 0.12
    #: The adversarial game is played on one step out of this many, with its weight multiplied by as much.
    adversarial_every: int = 2
    #: Largest shift of real and drawn pictures before they are judged, px (differentiable augmentation).
    shift_px: int = 4
    #: Share of the old average kept at each step.
    ema_decay: float = 0.9985
    #: Spread of the noise added to each number of a sentence vector.
    text_noise: float = 0.075
    #: Seed of weights, batches and noise.
    seed: int = 1
    #: Threads torch may use.
    threads: int = 1
    #: "cpu" or "cuda".
    device: str = "cpu"
    #: Fuse the arithmetic with torch.compile: half as fast again on a CPU, needs a C++ compiler and a minute.
    fuse: bool = False
    #: Minutes between checkpoints.
    checkpoint_minutes: float = 4.0
    #: Minutes between preview sheets.
    preview_minutes: float = 4.0
    #: Seconds between progress lines.
    log_seconds: float = 30.0
