from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.sse import ServerEvent, SseParser

STREAM = (
    ': hello\n\nid: 1\ndata: {"a": "巴黎"}\n\nid: 2\r\ndata:x\r\ndata: y\r\n\r\n:\n\nevent: z\ndata: end\n\n'
).encode()
EXPECTED = [
    ServerEvent(id="1", data='{"a": "巴黎"}'),
    ServerEvent(id="2", data="x\ny"),
    ServerEvent(id="2", data="end"),
]


@given(st.lists(st.integers(0, len(STREAM)), max_size=20))
def test_pieces_of_any_size_give_the_same_events(cuts: list[int]) -> None:
    parser = SseParser()
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[start:end] for start, end in pairwise(edges)]
    assert [event for piece in pieces for event in parser.feed(piece)] == EXPECTED


def test_an_unfinished_event_is_kept_back() -> None:
    parser = SseParser()
    assert parser.feed(b"id: 9\ndata: half") == ()
    assert parser.feed(b" and half\n") == ()
    assert parser.feed(b"\n") == (ServerEvent(id="9", data="half and half"),)
