"""A client whose requests are recorded, and answered with what the test queued."""

import pathlib

import httpx
import pytest

from sigmic_jupyter.service import AsyncClient
from sigmic_jupyter.service.mask import Mask

CONTRACT = pathlib.Path(__file__).parents[3] / "contract" / "api"


class Recorder:
    """Stands at httpx's seam, its transport."""

    def __init__(self):
        self.requests = []
        self.answers = []

    def answer(self, status=200, **content):
        """Queue an answer: `json=`, `text=`, `content=`, `headers=`."""
        self.answers.append(httpx.Response(status, **content))

    def answer_data(self, data):
        """Queue a success."""
        self.answer(json={"success": True, "data": data})

    async def handle(self, request):
        await request.aread()
        self.requests.append(request)
        return self.answers.pop(0)

    @property
    def request(self):
        """The only request."""
        (request,) = self.requests
        return request


@pytest.fixture
def contract():
    """Read a body as the service sends it."""
    return lambda name: (CONTRACT / name).read_text()


@pytest.fixture
def key():
    return "sigmic_" + "0123456789abcdef" * 4


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
async def client(key, recorder):
    transport = httpx.MockTransport(recorder.handle)
    async with (
        httpx.AsyncClient(transport=transport) as http,
        AsyncClient(key, base_url="https://api.example", http=http, mask=Mask()) as client,
    ):
        yield client
