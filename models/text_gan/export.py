"""`python -m models.text_gan.export`: take the averaged generator of a run out as weights to ship."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from models.common.checkpoint import CheckpointError, load_tensors, save_tensors
from models.common.console import complain, say

__all__ = ["CRITIC_FILE", "WEIGHTS_FILE", "export", "main"]

WEIGHTS_FILE = "text_gan.safetensors"
#: Only needed to go on training.
CRITIC_FILE = "text_gan_critic.safetensors"


def export(checkpoint: Path, out: Path, *, critic_out: Path | None = None) -> None:
    """Write the averaged generator, and the critic when asked (to go on training elsewhere), in half width.

    Raises:
        CheckpointError: the checkpoint is missing, damaged or holds no average.
    """
    tensors, metadata = load_tensors(checkpoint)
    averaged = {
        "generator." + name.removeprefix("ema."): value.half()
        for name, value in tensors.items()
        if name.startswith("ema.")
    }
    if not averaged:
        raise CheckpointError("wrong_shape", f"{checkpoint} is no checkpoint of a training run")
    save_tensors(out, averaged, metadata)
    if critic_out is not None:
        critic = {name: value.half() for name, value in tensors.items() if name.startswith("critic.")}
        save_tensors(critic_out, critic, metadata)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when written, 2 with one sentence when the checkpoint cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m models.text_gan.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path("runs/text_gan/checkpoint.safetensors"))
    parser.add_argument("--out", type=Path, default=Path("models/weights") / WEIGHTS_FILE)
    parser.add_argument("--critic-out", type=Path, default=Path("models/weights") / CRITIC_FILE)
    args = parser.parse_args(argv)
    try:
        export(args.checkpoint, args.out, critic_out=args.critic_out)
    except CheckpointError as error:
        return complain("models.text_gan.export", error)
    say(f"{args.out}: {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
