"""The script that makes a file of each kind, and some that would do harm if anything let them."""

from typing import Final

from sigmic_jupyter.simulator.agent import Agent

__all__ = ["BIG_BYTES", "run"]

BIG_BYTES: Final = 2_500_000
"""Of `downloads/model.bin`: byte number n is n modulo 251."""

_PROGRAM: Final = r"""
import pathlib, struct, zlib

here = pathlib.Path("downloads")
here.joinpath("model.bin").write_bytes((bytes(range(251)) * 10_000)[:2_500_000])

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

rows = b"".join(b"\0" + bytes([40, 90, 140]) * 32 for _ in range(16))
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">2I5B", 32, 16, 8, 2, 0, 0, 0))
png += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
here.joinpath("plot.png").write_bytes(png)

regions = "region;revenue\n" + "".join(f"Nörd {n};{n},50\n" for n in range(60))
here.joinpath("regions.csv").write_bytes(regions.encode("windows-1252"))
here.joinpath("large.csv").write_text("a,b\n" + "1,2\n" * 300_000)
here.joinpath("formulas.tsv").write_text("name\tvalue\n=cmd|' /C calc'!A0\t@SUM(1)\n+1\n")
here.joinpath("data.json").write_text('{"name": "in\u202evoice", "digits": 1.00000000000000000001}')
here.joinpath("archive.zip").write_bytes(b"PK\x05\x06" + bytes(18))

harm = '<img src="http://127.0.0.1:9/leak.png" onerror="pwned()"><script>pwned()</script>'
here.joinpath("page.html").write_text(f"<!doctype html><body onload='pwned()'>{harm}")
svg = f'''<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  width="120" height="60" onload="pwned()">
  <style>
    @import url("http://127.0.0.1:9/leak.css");
    rect {{ fill: url(http://127.0.0.1:9/leak.svg#f); }}
  </style>
  <script>pwned()</script><script href="http://127.0.0.1:9/leak.js"/>
  <rect width="120" height="60"><animate attributeName="x" dur="1ms" onbegin="pwned()"/></rect>
  <image href="http://127.0.0.1:9/leak.png" onerror="pwned()" width="9" height="9"/>
  <image xlink:href="http://127.0.0.1:9/leak.png" width="9" height="9"/>
  <foreignObject width="99" height="50"><body xmlns="http://www.w3.org/1999/xhtml">
    <img src="http://127.0.0.1:9/leak.png" onerror="pwned()"/>
    <iframe src="javascript:pwned()"></iframe>
  </body></foreignObject>
</svg>'''
here.joinpath("harm.svg").write_text(svg)
here.joinpath("lying.png").write_text(svg)
for name in ("in\u202evoice.txt", "<img src=x onerror=pwned()>.txt", "..\\..\\up.py", "-rf"):
    here.joinpath(name).write_text("harmless\n")
"""


async def run(agent: Agent) -> None:
    """One call that makes them all."""
    await agent.call("run_python", why="Make a file of each kind.", code=_PROGRAM)
    await agent.say("The files are below.\n")
