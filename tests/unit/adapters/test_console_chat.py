from __future__ import annotations

import errno
import io
import json
import os
import socket
from pathlib import Path

import pytest

from adapters import console_chat
from adapters.base import ReadyClip, Status, StatusState, Verb
from adapters.console_chat import (
    ConsoleChat,
    Kept,
    Typed,
    check_target,
    only,
    place_bytes,
    place_file,
    typed_lines,
)
from adapters.console_screen import Screen
from engine.contract.errors import OutputUnwritable, StorageFull
from engine.contract.request import ClipOptions, ReplyAddress
from tests.fakes import values


def build(
    tmp_path: Path, kept: list[Kept], failed: list[Status], stream: io.StringIO | None = None
) -> ConsoleChat:
    return ConsoleChat(
        only(Typed(text="A fox", verb=Verb.VIDEO, seed=3, options=ClipOptions(music=False), max_bytes=9)),
        Screen(stream or io.StringIO()),
        path_for=lambda job_id: tmp_path / f"{job_id}.mp4",
        on_kept=kept.append,
        on_failed=failed.append,
    )


def address(pid: int, host: str | None = None) -> ReplyAddress:
    payload = json.dumps({"host": host or socket.gethostname(), "pid": pid})
    return ReplyAddress(platform="console", payload=payload)


async def test_what_was_typed_becomes_a_message(tmp_path: Path) -> None:
    chat = build(tmp_path, [], [])
    (message,) = [message async for message in chat.listen()]
    assert (message.text, message.verb, message.seed, message.max_bytes) == ("A fox", Verb.VIDEO, 3, 9)
    assert message.options.music is False
    assert message.requester.key == "console:local"
    assert chat.reaches(message.address)


async def test_two_messages_never_share_an_id(tmp_path: Path) -> None:
    ids = [
        m.message_id
        for chat in (build(tmp_path, [], []), build(tmp_path, [], []))
        async for m in chat.listen()
    ]
    assert len(set(ids)) == 2


def test_only_a_living_process_can_receive(tmp_path: Path) -> None:
    chat = build(tmp_path, [], [])
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    assert chat.reaches(address(os.getpid()))
    assert chat.reaches(address(1))
    assert not chat.reaches(address(gone))
    assert chat.reaches(address(gone, host="another-machine"))
    assert not chat.reaches(ReplyAddress(platform="console", payload="{}"))
    assert not chat.reaches(ReplyAddress(platform="console", payload="no json"))


async def test_a_clip_is_kept_where_it_belongs(tmp_path: Path) -> None:
    kept: list[Kept] = []
    chat = build(tmp_path, kept, [])
    source = tmp_path / "source"
    source.write_bytes(b"film")
    ready = ReadyClip(job_id=values.JOB, clip=values.clip(), path=source, thumbnail=None, text="A fox")
    await chat.send_clip(address(1), ready)
    assert kept[0].path == tmp_path / "job-1.mp4"
    assert kept[0].path.read_bytes() == b"film"
    await chat.close()


async def test_failures_are_handed_on(tmp_path: Path) -> None:
    failed: list[Status] = []
    stream = io.StringIO()
    chat = build(tmp_path, [], failed, stream)
    handle = await chat.send_status(address(1), Status(text="Hello.", state=StatusState.SAID))
    bad = Status(text="No.", state=StatusState.FAILED, error_code="stage_failed")
    await chat.edit_status(handle, bad)
    assert failed == [bad]
    assert stream.getvalue() == "Hello.\n"


async def test_lines_are_read_as_they_are_typed() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"first\n\n  sec")
    lines = typed_lines(reading)
    assert (await anext(lines)).text == "first"
    os.write(writing, "ond\n铁塔".encode())
    os.close(writing)
    assert [typed.text async for typed in lines] == ["second", "铁塔"]
    os.close(reading)


async def test_a_plain_file_can_be_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("one\ntwo\n")
    with path.open() as file:
        assert [typed.text async for typed in typed_lines(file.fileno())] == ["one", "two"]


def test_a_good_target_is_left_as_it_was(tmp_path: Path) -> None:
    link, real = tmp_path / "link.mp4", tmp_path / "real.mp4"
    real.write_bytes(b"old")
    link.symlink_to(real)
    assert check_target(link) == real
    assert check_target(tmp_path / "new.mp4") == tmp_path / "new.mp4"
    assert {path.name for path in tmp_path.iterdir()} == {"link.mp4", "real.mp4"}
    assert real.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing/x.mp4", "There is no directory"),
        (".", "not a file"),
        ("/dev/null", "not a file"),
        ("file/x.mp4", "no directory|Not a directory"),
        ("x" * 300 + ".mp4", "too long"),
        ("a\0b.mp4", "cannot be written"),
    ],
)
def test_a_bad_target_is_named_before_anything_is_rendered(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputUnwritable, match=said):
        check_target(tmp_path / name)


def test_a_protected_target_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(b"")
    monkeypatch.setattr(console_chat.os, "access", lambda *_: False)
    with pytest.raises(OutputUnwritable, match="write-protected"):
        check_target(path)


def test_a_file_is_placed_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.mp4"
    target.write_bytes(b"old")
    with pytest.raises(OutputUnwritable):
        place_file(tmp_path / "missing", target)
    assert target.read_bytes() == b"old"

    def full(_source: Path, part: Path) -> None:
        part.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(console_chat.shutil, "copyfile", full)
    with pytest.raises(StorageFull):
        place_file(target, target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.mp4"]
    place_bytes(b"new", target)
    assert target.read_bytes() == b"new"
