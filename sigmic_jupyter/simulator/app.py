"""The routes: the service's HTTP API over the tasks in memory."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from sigmic_jupyter.simulator import bodies, responses, stream, views
from sigmic_jupyter.simulator.auth import Authentication
from sigmic_jupyter.simulator.errors import ApiError, not_found, validation_error
from sigmic_jupyter.simulator.facts import (
    API_PREFIX,
    CREATED_HTTP_STATUS,
    DEFAULT_PAGE,
    DOWNLOAD_SEGMENT,
    HEARTBEAT_S,
    MAX_PAGE,
)
from sigmic_jupyter.simulator.recorder import Recorder, RequestLog
from sigmic_jupyter.simulator.session import Session
from sigmic_jupyter.simulator.store import Store
from sigmic_jupyter.simulator.workspace import OutsideWorkspaceError, Workspace, media_type

__all__ = ["create_app"]


def create_app(store: Store, *, api_key: str, log: RequestLog) -> Starlette:
    """The ASGI application of one simulator."""
    api = _Api(store)
    one = "/tasks/{task_id}"
    routes = [
        Route("/tasks", api.create, methods=["POST"]),
        Route("/tasks", api.page, methods=["GET"]),
        Route(one, api.get, methods=["GET"]),
        Route(one, api.cancel, methods=["DELETE"]),
        Route(f"{one}/messages", api.send, methods=["POST"]),
        Route(f"{one}/tools/{{call_id}}/approve", api.decide, methods=["POST"]),
        Route(f"{one}/stream", api.stream, methods=["GET"]),
        Route(f"{one}/artifacts", api.artifacts, methods=["GET"]),
        Route(f"{one}/artifacts/{DOWNLOAD_SEGMENT}", api.download, methods=["GET"]),
    ]
    authentication = Middleware(Authentication, api_key=api_key)
    return Starlette(
        routes=[Mount(API_PREFIX, routes=routes, middleware=[authentication])],
        middleware=[Middleware(Recorder, log=log)],
        exception_handlers={
            ApiError: responses.api_error,
            HTTPException: responses.http_error,
            Exception: responses.internal_error,
        },
    )


class _Api:
    """One method per call of the API."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def create(self, request: Request) -> Response:
        task = self._store.create(bodies.new_task(await bodies.read(request)))
        data = {"id": task.task_id, "status": task.status}
        return responses.success(data, http_status=CREATED_HTTP_STATUS)

    async def page(self, request: Request) -> Response:
        limit = _integer(request, "limit", default=DEFAULT_PAGE, lowest=1, highest=MAX_PAGE)
        offset = _integer(request, "offset", default=0, lowest=0)
        tasks = self._store.newest_first()
        end = offset + limit
        pagination = {
            "total": len(tasks),
            "limit": limit,
            "offset": offset,
            "hasMore": end < len(tasks),
        }
        data = [views.listed_task(task) for task in tasks[offset:end]]
        return responses.success(data, pagination=pagination)

    async def get(self, request: Request) -> Response:
        return responses.success(views.task_body(self._session(request).task))

    async def cancel(self, request: Request) -> Response:
        self._session(request).cancel()
        return responses.success({"message": "Task cancelled"})

    async def send(self, request: Request) -> Response:
        session = self._session(request)
        session.send(bodies.follow_up(await bodies.read(request)))
        return responses.success({"status": "running"})

    async def decide(self, request: Request) -> Response:
        session = self._session(request)
        outcome = bodies.outcome(await bodies.read(request))
        approved = session.agent.decide(request.path_params["call_id"], outcome)
        return responses.success({"approved": approved})

    async def stream(self, request: Request) -> Response:
        return StreamingResponse(
            stream.events(self._session(request), HEARTBEAT_S),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-cache"},
        )

    async def artifacts(self, request: Request) -> Response:
        return responses.success({"files": self._session(request).workspace.artifacts()})

    async def download(self, request: Request) -> Response:
        session = self._session(request)
        if not (path := request.query_params.get("path")):
            raise validation_error("path is required")
        return _file(session.workspace, path)

    def _session(self, request: Request) -> Session:
        return self._store.get(request.path_params["task_id"])


def _file(workspace: Workspace, path: str) -> Response:
    try:
        file = workspace.resolve(path)
        exists = file.is_file()
    except (OutsideWorkspaceError, OSError):
        exists = False
    if not exists:
        raise not_found("File not found")
    return FileResponse(file, filename=file.name, media_type=media_type(file))


def _integer(
    request: Request, name: str, *, default: int, lowest: int, highest: int | None = None
) -> int:
    text = request.query_params.get(name, str(default))
    value = int(text) if text.isdecimal() and text.isascii() else -1
    if value < lowest or (highest is not None and value > highest):
        bounds = f"from {lowest} to {highest}" if highest is not None else f"from {lowest}"
        raise validation_error(f"{name} must be a whole number {bounds}")
    return value
