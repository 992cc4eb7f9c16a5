"""The subject generators by name: "module:factory", imported only when asked for."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import MappingProxyType

from engine.contract.errors import ConfigError
from engine.generators.base import SubjectGenerator
from engine.settings import GeneratorSettings

#: Name -> "module:factory"; a factory takes (settings, weights folder) and returns a SubjectGenerator.
GENERATORS = MappingProxyType(
    {
        "procedural": "engine.generators.procedural:create",
        "text_gan": "engine.generators.torch_bundle:create",
    }
)


def load_generator(name: str, settings: GeneratorSettings, weights: Path) -> SubjectGenerator:
    """Return a new generator of that name.

    Args:
        name: A key of GENERATORS.
        settings: [engine.generator].
        weights: Folder of the shipped weights.

    Raises:
        ConfigError: The name is not in the table.
        CheckpointMissing: The weights of a trained generator are missing or damaged.
    """
    try:
        module, factory = GENERATORS[name].split(":")
    except KeyError:
        known = ", ".join(sorted(GENERATORS))
        raise ConfigError(f"There is no generator {name!r}. Choose one of: {known}.") from None
    generator: SubjectGenerator = getattr(importlib.import_module(module), factory)(settings, weights)
    return generator
