"""Files go to a browser in pieces, and nothing is kept for one that has gone."""

from __future__ import annotations

import asyncio

import pytest

from sigmic_jupyter.service.errors import ConnectionFailed, ValidationError
from sigmic_jupyter.widget.files import transfers
from sigmic_jupyter.widget.files.transfers import Transfers

LIMIT_S = 5


class Source:
    """Yields chunks and raises errors; knows how many were taken, and when it was closed."""

    def __init__(self, *chunks):
        self.chunks = chunks
        self.taken = 0
        self.closed = asyncio.Event()

    async def __call__(self):
        try:
            for chunk in self.chunks:
                if isinstance(chunk, Exception):
                    raise chunk
                if isinstance(chunk, asyncio.Event):
                    await chunk.wait()
                    continue
                self.taken += 1
                yield chunk
        finally:
            self.closed.set()


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(transfers, "PIECE_BYTES", 4)


async def pieces_of(*chunks, size=None):
    running = Transfers()
    running.begin("d", "a.txt", size, Source(*chunks)())
    pieces = []
    while not pieces or not pieces[-1][0].ended:
        pieces.append(await running.next_piece("d"))
    assert len(running) == 0
    return [(reply.at, reply.next, content, reply.note) for reply, content in pieces]


@pytest.mark.parametrize(
    ("chunks", "expected"),
    [
        ([b"abc"], [(0, 3, b"abc")]),
        ([], [(0, 0, b"")]),
        ([b"abcd"], [(0, 4, b"abcd")]),
        ([b"abc", b"def"], [(0, 4, b"abcd"), (4, 6, b"ef")]),
        ([b"abcdefghij"], [(0, 4, b"abcd"), (4, 8, b"efgh"), (8, 10, b"ij")]),
        # The connection was lost: what was sent does not count.
        ([b"abcdX", None, b"uvwxyz"], [(0, 4, b"abcd"), (0, 4, b"uvwx"), (4, 6, b"yz")]),
        ([b"ab", None, b"cd"], [(0, 2, b"cd")]),
    ],
)
async def test_pieces(chunks, expected):
    """Each goes on where the one before ended, or begins the file anew."""
    assert [piece[:3] for piece in await pieces_of(*chunks)] == expected


async def test_how_far_it_is():
    """Where the size is known, of how much."""
    assert [note for *_, note in await pieces_of(b"abcdef", size=6)] == [
        "4 bytes of 6 bytes",
        "6 bytes of 6 bytes",
    ]
    assert [note for *_, note in await pieces_of(b"a")] == ["1 byte"]


async def test_an_error_ends_it():
    """What came before may have been taken; the rest never comes."""
    running = Transfers()
    running.begin("d", "a.txt", None, Source(b"abcde", ConnectionFailed("lost"))())

    reply, content = await running.next_piece("d")
    assert (reply.ended, content) == (False, b"abcd")
    with pytest.raises(ConnectionFailed, match="lost"):
        await running.next_piece("d")
    with pytest.raises(ValidationError, match="given up"):
        await running.next_piece("d")
    assert len(running) == 0


async def test_giving_up_ends_the_transfer():
    """Who waits for a piece is told, and the connection is closed."""
    running, source = Transfers(), Source(b"a", asyncio.Event())
    running.begin("d", "a.txt", None, source())
    waiting = [asyncio.create_task(running.next_piece("d")) for _ in range(2)]
    await asyncio.sleep(0)

    running.drop("d")

    for result in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(result, ValidationError)
    await asyncio.wait_for(source.closed.wait(), LIMIT_S)
    running.drop("d")


async def test_a_browser_that_went_away(monkeypatch):
    """What nobody asks for is not kept, nor its connection."""
    monkeypatch.setattr(transfers, "IDLE_S", 0.01)
    running, source = Transfers(), Source(*[b"abcd"] * 100)
    running.begin("d", "a.txt", None, source())
    await running.next_piece("d")

    await asyncio.wait_for(source.closed.wait(), LIMIT_S)

    assert len(running) == 0
    with pytest.raises(ValidationError, match="given up"):
        await running.next_piece("d")


async def test_closing_gives_up_all():
    """As when the widget is closed."""
    running, sources = Transfers(), [Source(b"a", asyncio.Event()) for _ in range(3)]
    for number, source in enumerate(sources):
        running.begin(str(number), "a.txt", None, source())
    await asyncio.sleep(0)

    running.close()

    async with asyncio.timeout(LIMIT_S):
        for source in sources:
            await source.closed.wait()


async def test_little_is_fetched_ahead():
    """Of a file that nobody asks for there is never more than a few pieces."""
    running, source = Transfers(), Source(*[b"abcd"] * 100)
    running.begin("d", "a.txt", None, source())

    for _ in range(50):
        await asyncio.sleep(0)

    assert 1 <= source.taken <= 4
    running.close()


async def test_not_too_many_at_once():
    """A page that asks for all files at once is told to wait."""
    running = Transfers()
    for number in range(transfers.MOST_AT_ONCE):
        running.begin(str(number), "a.txt", None, Source(b"a")())

    refused = Source(b"a")()
    with pytest.raises(ValidationError, match="8 files are on their way already"):
        running.begin("one more", "a.txt", None, refused)
    await refused.aclose()
    running.close()


async def test_what_a_browser_cannot_hold(monkeypatch):
    """It is refused before anything is fetched, or as soon as that is seen."""
    monkeypatch.setattr(transfers, "LARGEST_FILE_BYTES", 6)
    running, told, untold = Transfers(), Source(b"a")(), Source(b"abcde", b"fgh")()

    with pytest.raises(ValidationError, match=r"a\.txt is larger than 512 MB") as caught:
        running.begin("d", "a.txt", 7, told)
    assert ".download()" in caught.value.hint
    await told.aclose()

    running.begin("d", "a.txt", None, untold)
    assert (await running.next_piece("d"))[1] == b"abcd"
    with pytest.raises(ValidationError, match="larger"):
        await running.next_piece("d")
