"""What every adapter must be, whatever network it speaks. A new one is tested by standing in the registry."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from adapters import registry
from adapters.base import ChatAdapter, Limits
from engine.contract.errors import ConfigError
from tests.fakes.scripted_adapter import ScriptedAdapter

CLASSES = [
    pytest.param(lambda name=name: registry.adapter_class(name), id=name) for name in registry.ADAPTERS
]
METHODS = [name for name in vars(ChatAdapter) if not name.startswith("_") and name not in {"name", "limits"}]


@pytest.mark.parametrize("load", [*CLASSES, pytest.param(lambda: ScriptedAdapter, id="scripted")])
def test_an_adapter_has_every_method_with_the_same_parameters(load) -> None:
    cls = load()
    for name in METHODS:
        wanted, given = inspect.signature(getattr(ChatAdapter, name)), inspect.signature(getattr(cls, name))
        assert list(given.parameters) == list(wanted.parameters), f"{cls.__name__}.{name}"
        is_async = inspect.iscoroutinefunction(getattr(ChatAdapter, name))
        assert inspect.iscoroutinefunction(getattr(cls, name)) == is_async, f"{cls.__name__}.{name}"
    assert inspect.isasyncgenfunction(cls.listen)


@pytest.mark.parametrize("load", CLASSES)
def test_an_adapter_is_named_as_in_the_registry_and_knows_its_limits(load) -> None:
    cls = load()
    assert cls.name in registry.ADAPTERS
    assert registry.ADAPTERS[cls.name].endswith(f":{cls.__name__}")
    limits = getattr(cls, "limits", None)
    assert isinstance(limits, Limits | property)


def test_unknown_names_and_missing_libraries_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="no adapter 'slack'"):
        registry.adapter_class("slack")
    monkeypatch.setattr(registry, "ADAPTERS", {"x": "no_such_module:X"})
    with pytest.raises(ConfigError, match="needs the package 'no_such_module'"):
        registry.adapter_class("x")


def test_the_bot_imports_no_heavy_library_and_no_network_that_it_does_not_use() -> None:
    program = (
        "import sys, bot.__main__, adapters.registry\n"
        "heavy = {'torch', 'spacy', 'moviepy', 'numpy', 'sqlite_utils', 'discord', 'telegram', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout == "[]\n", result.stderr
