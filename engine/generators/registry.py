"""The subject generators by name: "module:factory", imported only when asked for."""

from __future__ import annotations

import importlib
from types import MappingProxyType

from engine.contract.errors import ConfigError
from engine.generators.base import SubjectGenerator

#: Name -> "module:factory"; a factory takes no argument and returns a SubjectGenerator.
GENERATORS = MappingProxyType(
    {
        "procedural": "engine.generators.procedural:create",
    }
)


def load_generator(name: str) -> SubjectGenerator:
    """Return a new generator of that name.

    Raises:
        ConfigError: The name is not in the table.
    """
    try:
        module, factory = GENERATORS[name].split(":")
    except KeyError:
        known = ", ".join(sorted(GENERATORS))
        raise ConfigError(f"There is no generator {name!r}. Choose one of: {known}.") from None
    generator: SubjectGenerator = getattr(importlib.import_module(module), factory)()
    return generator
