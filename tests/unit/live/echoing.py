"""A service on loopback whose agent repeats what it knows, everywhere and bit by bit."""

from __future__ import annotations

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

STEP = 17  # characters of the answer from one request to the next


def repeated(values):
    """Each value as it is and encoded, with words between."""
    return " ".join(
        f"{name}={value}, {json.dumps(value)}, {quote(value, safe='')}, {encoded}."
        for name, value in values.items()
        for encoded in [base64.b64encode(f"user:{value}\n".encode()).decode()]
    )


class EchoingService(ThreadingHTTPServer):
    """Repeats the key of each request, and the secrets that the task was created with.

    Attributes:
        base_url: Its address.
        messages: The follow-up messages that it was sent.
        status: The task's; where it is final the answer is whole.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_port}"
        self.messages = []
        self.status = "running"
        self.shown = 0
        self.known = {}

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return super().__enter__()

    def __exit__(self, *exc_info):
        self.shutdown()
        super().__exit__(*exc_info)

    @property
    def answer(self):
        """What the agent writes in the end."""
        return repeated(self.known)

    def task(self):
        text = self.answer
        grown = text if self.status in {"completed", "failed"} else text[: self.shown]
        args = {text: [text, {"deep": text}], "n": 1}
        call = {"callId": "c1", "toolName": f"tool {text}", "args": args}
        calls = [
            call | {"status": "awaiting_approval", "description": text},
            call | {"callId": "c2", "status": "executing", "output": grown},
            call | {"callId": "c3", "status": "success", "output": {"a": text}},
        ]
        waits = self.status == "awaiting_approval"
        return {
            "id": "t1",
            "status": self.status,
            "message": text,
            "username": text,
            "systemPrompt": text,
            "env": {"A": text},
            "error": text if self.status == "failed" else None,
            "output": {
                "content": grown,
                "updatedAt": str(self.shown),
                "thoughts": [{"subject": text, "description": text}, {"subject": grown}],
                "toolCalls": calls,
            },
            "pendingApprovals": [call] if waits else [],
        }


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._know()
        if self.path.startswith("/api/v1/tasks?"):
            pages = {"total": 1, "limit": 50, "offset": 0, "hasMore": False}
            self._send(200, {"success": True, "data": [self.server.task()], "pagination": pages})
        elif self.path.endswith("/artifacts"):
            text = self.server.answer
            self._send(200, {"success": True, "data": {"files": [{"name": text, "path": text}]}})
        else:
            self.server.shown += STEP
            self._send(200, {"success": True, "data": self.server.task()})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._know()
        if self.path.endswith("/tasks"):
            self.server.known |= json.loads(body).get("secrets", {})
            self._send(200, {"success": True, "data": {"id": "t1", "status": "running"}})
        else:
            self.server.messages.append(json.loads(body))
            text = self.server.answer
            self._send(400, {"success": False, "error": {"message": text, "code": text}})

    def _know(self):
        self.server.known["KEY"] = self.headers["Authorization"].removeprefix("Bearer ")

    def _send(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Say nothing."""
