"""`python -m models.text_gan.train`: train the generator, resume where it stopped, show what it draws."""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor

from models.common.checkpoint import CheckpointError
from models.common.console import complain, say
from models.common.seeds import generator, mix_seed
from models.common.sheets import save_sheet
from models.materials.fetch import MaterialError
from models.text_gan.config import NetConfig, TrainConfig
from models.text_gan.data import Batch, TrainingSet, load_training_set
from models.text_gan.export import CRITIC_FILE, WEIGHTS_FILE, export
from models.text_gan.loss import critic_loss, generator_loss, reconstruction_loss, shift_pictures
from models.text_gan.state import State

__all__ = ["main", "train"]

log = logging.getLogger(__name__)

#: Pictures on a preview sheet and in the running measure of reconstruction.
PREVIEW_PICTURES = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Where a run reads and writes."""

    #: Shards to learn from.
    shards: tuple[Path, ...]
    #: Table of text vectors.
    vectors: Path
    #: Folder of checkpoint, previews and log.
    run_dir: Path
    #: Where the averaged generator goes at the end, or None.
    export: Path | None
    #: Folder of shipped weights that a new run starts from, or None for a fresh net.
    start_from: Path | None = None

    @property
    def checkpoint(self) -> Path:
        """The one checkpoint of this run."""
        return self.run_dir / "checkpoint.safetensors"


def train(config: TrainConfig, files: Files) -> State:
    """Run, or go on with, a training run until its time or its steps are used up; returns the last state."""
    torch.set_num_threads(config.threads)
    data = load_training_set(files.shards, files.vectors, device=config.device)
    state = State(NetConfig(), config)
    if files.checkpoint.is_file():
        state.resume(files.checkpoint)
        log.info("resumed at step %d after %.1f min", state.step, state.seconds / 60)
    elif files.start_from is not None:
        state.adopt(files.start_from / WEIGHTS_FILE, files.start_from / CRITIC_FILE)
        log.info("started from %s", files.start_from)
    random = generator(mix_seed(config.seed, f"batches from step {state.step}"))
    clock = _Clock(config, state)
    commit = _commit()
    while not clock.finished(state):
        batch = data.batch(config.batch, text_noise=config.text_noise, random=random)
        _step(state, batch, config, share=clock.share(state), random=random)
        clock.tick(state)
        if clock.due("log", config.log_seconds):
            log.info("%s", clock.line(state, _measure(state, data)))
        if clock.due("preview", config.preview_minutes * 60):
            _preview(state, data, files.run_dir / f"preview_{state.pictures:08d}.png")
        if clock.due("checkpoint", config.checkpoint_minutes * 60):
            state.save(files.checkpoint, config, commit)
    state.save(files.checkpoint, config, commit)
    _preview(state, data, files.run_dir / f"preview_{state.pictures:08d}.png")
    log.info("%s", clock.line(state, _measure(state, data)))
    if files.export is not None:
        export(files.checkpoint, files.export)
        log.info("wrote %s", files.export)
    return state


def _step(state: State, batch: Batch, config: TrainConfig, *, share: float, random: torch.Generator) -> None:
    _set_rates(state, config, share)
    latent = _latent(len(batch.text), state.net, random).to(batch.text.device)
    with torch.autocast(batch.text.device.type, torch.bfloat16, enabled=_bf16_is_fast(config.device)):
        drawn = state.draw(batch.text, latent)
    drawn = drawn.float()
    loss = config.reconstruction_weight * state.compare(drawn, batch.pictures)
    playing = share >= config.adversarial_from and state.step % config.adversarial_every == 0
    if playing:
        shifts = torch.randint(-config.shift_px, config.shift_px + 1, (len(drawn), 2), generator=random)
        shifts = shifts.to(drawn.device)
        seen = shift_pictures(drawn, shifts)
        _critic_step(state, batch, seen.detach(), shift_pictures(batch.pictures, shifts))
        if share >= config.adversarial_from + 0.05:
            state.critic.requires_grad_(False)
            weight = config.adversarial_weight * config.adversarial_every
            loss = loss + weight * generator_loss(state.critic(seen, (batch.text,))[0])
            state.critic.requires_grad_(True)
    state.generator_adam.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    state.generator_adam.step()
    state.ema.update(state.generator)
    state.step += 1
    state.pictures += len(drawn)


def _critic_step(state: State, batch: Batch, drawn: Tensor, real: Tensor) -> None:
    both = torch.cat([real, drawn])  # one pass for real and drawn
    right, wrong = state.critic(both, (batch.text.repeat(2, 1), batch.wrong_text.repeat(2, 1)))
    count = len(real)
    loss = critic_loss(right[:count], wrong[:count], right[count:])
    state.critic_adam.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    state.critic_adam.step()


def _set_rates(state: State, config: TrainConfig, share: float) -> None:
    """Warm-up after every start of the optimizers; linear decay over the last part of the schedule."""
    warm = min(1.0, (state.step - state.started_at_step + 1) / config.warmup_steps)
    fall = min(1.0, (1.0 - share) / (1.0 - config.decay_from))
    for adam, peak in (
        (state.generator_adam, config.generator_rate),
        (state.critic_adam, config.critic_rate),
    ):
        for group in adam.param_groups:
            group["lr"] = peak * warm * max(0.0, fall)


def _latent(count: int, net: NetConfig, random: torch.Generator) -> Tensor:
    latent = torch.randn((count, net.latent_numbers), generator=random)
    latent[:, : net.motion_numbers] = 0.0  # a still has no phase
    return latent


def _bf16_is_fast(device: str) -> bool:
    """True on CUDA and on CPUs with bf16 arithmetic; elsewhere bf16 is emulated, ten times slower."""
    return device != "cpu" or torch.cpu._is_avx512_bf16_supported()


class _Clock:
    """Time used, time left, and what is due."""

    def __init__(self, config: TrainConfig, state: State) -> None:
        self._config = config
        self._before = state.seconds
        self._pictures_before = state.pictures
        self._start = time.monotonic()
        self._last = dict.fromkeys(("log", "preview", "checkpoint"), self._start)

    def tick(self, state: State) -> None:
        state.seconds = self._before + time.monotonic() - self._start

    def share(self, state: State) -> float:
        """Used share of the schedule, 0..1."""
        by_time = state.seconds / (self._config.minutes * 60)
        by_steps = state.step / self._config.max_steps if self._config.max_steps else 0.0
        return min(1.0, max(by_time, by_steps))

    def finished(self, state: State) -> bool:
        return self.share(state) >= 1.0

    def due(self, name: str, every_s: float) -> bool:
        now = time.monotonic()
        if now - self._last[name] < every_s:
            return False
        self._last[name] = now
        return True

    def line(self, state: State, error: float) -> str:
        used = max(state.seconds - self._before, 1e-3)
        speed = (state.pictures - self._pictures_before) / used
        left = max(0.0, self._config.minutes - state.seconds / 60)
        return (
            f"step {state.step} pictures {state.pictures} reconstruction {error:.4f} "
            f"{speed:.1f} pictures/s, {state.seconds / 60:.1f} min done, {left:.1f} min left"
        )


def _preview_rows(data: TrainingSet) -> Tensor:
    count = min(PREVIEW_PICTURES, len(data))
    return torch.linspace(0, len(data) - 1, count).round().long()


def _draw_rows(state: State, data: TrainingSet, rows: Tensor) -> Tensor:
    text = data.vectors[rows.to(data.vectors.device), 0]  # the English label
    latent = torch.zeros(len(rows), state.net.latent_numbers, device=text.device)
    with torch.inference_mode():
        drawn: Tensor = state.ema.net(text, latent)
        return drawn.float()


def _measure(state: State, data: TrainingSet) -> float:
    """Reconstruction error of the average net over the preview pictures."""
    rows = _preview_rows(data)
    return float(reconstruction_loss(_draw_rows(state, data, rows), data.pictures(rows)))


def _preview(state: State, data: TrainingSet, path: Path) -> None:
    """A sheet: the net's pictures above, the real ones below, row by row."""
    rows = _preview_rows(data)
    drawn, real = _draw_rows(state, data, rows), data.pictures(rows)
    columns = 16
    strips = [
        part
        for pair in zip(torch.split(drawn, columns), torch.split(real, columns), strict=True)
        for part in pair
    ]
    if len(rows) % columns:
        strips = [drawn, real]  # a small set: two blocks
    pixels = ((torch.cat(strips) + 1.0) * 127.5).round().clamp(0, 255).byte()
    save_sheet(path, pixels.permute(0, 2, 3, 1).cpu().numpy(), columns=min(columns, len(rows)), zoom=1)


def _commit() -> str:
    """The code's commit, or "unknown" outside a checkout."""
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    defaults = TrainConfig()
    parser = argparse.ArgumentParser(prog="python -m models.text_gan.train", description=__doc__)
    parser.add_argument("--shards", type=Path, nargs="+", default=None, help="default: fluent and drawn")
    parser.add_argument("--vectors", type=Path, default=Path("models/weights/text_vectors.safetensors"))
    parser.add_argument("--run-dir", type=Path, default=Path("runs/text_gan"))
    parser.add_argument("--export", type=Path, default=None, help="where to write the finished generator")
    parser.add_argument("--start-from", type=Path, default=None, help="weights folder a new run starts from")
    parser.add_argument("--minutes", type=float, default=defaults.minutes)
    parser.add_argument("--max-steps", type=int, default=None)
    parser.add_argument("--batch", type=int, default=defaults.batch)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--threads", type=int, default=defaults.threads)
    parser.add_argument("--device", choices=("cpu", "cuda"), default=defaults.device)
    parser.add_argument("--checkpoint-minutes", type=float, default=defaults.checkpoint_minutes)
    parser.add_argument("--preview-minutes", type=float, default=defaults.preview_minutes)
    parser.add_argument("--log-seconds", type=float, default=defaults.log_seconds)
    parser.add_argument("--fuse", action="store_true", help="torch.compile: faster, needs a C++ compiler")
    parser.add_argument("--dry-run", action="store_true", help="print the resolved settings and stop")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 with one sentence when data or checkpoint cannot be used."""
    args = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    names = ("minutes", "max_steps", "batch", "seed", "threads", "device", "fuse")
    every = ("checkpoint_minutes", "preview_minutes", "log_seconds")
    config = TrainConfig(**{name: getattr(args, name) for name in (*names, *every)})
    shards = args.shards or [Path("data/shards/fluent_64.npz"), Path("data/shards/drawn_64.npz")]
    files = Files(
        shards=tuple(shards),
        vectors=args.vectors,
        run_dir=args.run_dir,
        export=args.export,
        start_from=args.start_from,
    )
    if args.dry_run:
        say(json.dumps({"net": asdict(NetConfig()), "train": asdict(config)}, indent=2))
        return 0
    try:
        train(config, files)
    except (MaterialError, CheckpointError) as error:
        return complain("models.text_gan.train", error)
    return 0


if __name__ == "__main__":
    # an OpenMP thread that waits by spinning takes the core from whoever shares the machine
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    sys.exit(main())
