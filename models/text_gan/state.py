"""Everything a training run carries from step to step, and how it is kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from models.common.checkpoint import CheckpointError, load_into, load_tensors, save_tensors
from models.common.ema import Ema
from models.text_gan.config import NetConfig, TrainConfig
from models.text_gan.loss import reconstruction_loss
from models.text_gan.network import Critic, Generator

__all__ = ["State", "net_config_of"]

#: An average that has seen this many steps moves at its full slowness.
SETTLED_STEPS = 10_000


class State:
    """Nets, averages, optimizers and counters of one run."""

    def __init__(self, net: NetConfig, train: TrainConfig) -> None:
        torch.manual_seed(train.seed)  # layers take their first weights from torch's own generator
        self.net = net
        layout = torch.channels_last
        self.generator = Generator(net).to(train.device, memory_format=layout)  # type: ignore[call-overload]
        self.critic = Critic(net).to(train.device, memory_format=layout)  # type: ignore[call-overload]
        self.ema = Ema(self.generator, decay=train.ema_decay)
        #: Draw and compare as the steps do; fused when asked.
        self.draw: Callable[[Tensor, Tensor], Tensor] = self.generator
        self.compare: Callable[[Tensor, Tensor], Tensor] = reconstruction_loss
        if train.fuse:
            self.draw, self.compare = torch.compile(self.generator), torch.compile(reconstruction_loss)
        rates = train.generator_rate, train.critic_rate
        # momenta as in the recipe: little memory for the generator, none for the critic
        self.generator_adam = torch.optim.Adam(self.generator.parameters(), rates[0], (0.5, 0.99), fused=True)
        self.critic_adam = torch.optim.Adam(self.critic.parameters(), rates[1], (0.0, 0.99), fused=True)
        self.step = 0
        self.pictures = 0
        self.seconds = 0.0
        #: Step at which the optimizers were new: rates warm up from here.
        self.started_at_step = 0

    def save(self, path: Path, train: TrainConfig, commit: str) -> None:
        """Keep everything but the optimizers; the average in half width."""
        tensors: dict[str, Tensor] = {}
        for prefix, module in (("generator.", self.generator), ("critic.", self.critic)):
            tensors |= {prefix + name: value for name, value in module.state_dict().items()}
        tensors |= {"ema." + name: value.half() for name, value in self.ema.net.state_dict().items()}
        save_tensors(path, tensors, self._metadata(train, commit))

    def resume(self, path: Path) -> None:
        """Go on from `save`; the optimizers start anew and warm up.

        Raises:
            CheckpointError: missing, damaged or made for another net.
        """
        tensors, metadata = load_tensors(path)
        if net_config_of(metadata, path) != self.net:
            raise CheckpointError("wrong_shape", f"{path} was made for {metadata['net']}")
        load_into(self.generator, tensors, prefix="generator.", source=path)
        load_into(self.critic, tensors, prefix="critic.", source=path)
        load_into(self.ema.net, tensors, prefix="ema.", source=path)
        progress = cast("dict[str, Any]", metadata["progress"])
        self.step = self.started_at_step = int(progress["step"])
        self.pictures = int(progress["pictures"])
        self.seconds = float(progress["seconds"])
        self.ema.resume(self.step)

    def adopt(self, generator: Path, critic: Path) -> None:
        """Start a new schedule from shipped weights: the averaged generator and its critic.

        Raises:
            CheckpointError: missing, damaged or made for another net.
        """
        tensors, metadata = load_tensors(generator)
        if net_config_of(metadata, generator) != self.net:
            raise CheckpointError("wrong_shape", f"{generator} was made for {metadata['net']}")
        for net in (self.generator, self.ema.net):
            load_into(net, tensors, prefix="generator.", source=generator)
        load_into(self.critic, load_tensors(critic)[0], prefix="critic.", source=critic)
        self.ema.resume(SETTLED_STEPS)

    def _metadata(self, train: TrainConfig, commit: str) -> dict[str, object]:
        return {
            "model": "text_gan",
            "net": asdict(self.net),
            "train": asdict(train),
            "commit": commit,
            "progress": {"step": self.step, "pictures": self.pictures, "seconds": round(self.seconds)},
        }


def net_config_of(metadata: dict[str, object], path: Path) -> NetConfig:
    """The net a checkpoint was made for.

    Raises:
        CheckpointError: damaged, when the file does not say.
    """
    try:
        row = cast("dict[str, Any]", metadata["net"])
        channels = {name: tuple(row[name]) for name in ("channels", "critic_channels")}
        return NetConfig(**{**row, **channels})
    except (KeyError, TypeError) as error:
        raise CheckpointError("damaged", f"{path} does not say which net it is for") from error
