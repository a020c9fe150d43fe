"""A web server for tests: real sockets, several host names, and a note of everything that was asked."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from askworthy.company.collect import Settings
from askworthy.company.collect.boards import BOARDS


@dataclass
class Answer:
    status: int = 200
    body: bytes | str = b""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0  # seconds before it comes
    raw: Callable[[object], None] | None = None  # writes to the socket itself


@dataclass(frozen=True)
class Request:
    at: float  # seconds, when it reached the server
    host: str  # without the port
    path: str  # with the query
    headers: dict[str, str]


class Server:
    """Answers from `pages`, by (host, path); a path that ends with * answers for all that begin so."""

    def __init__(self):
        self.pages: dict[tuple[str, str], Answer | Callable[[Request], Answer]] = {}
        self.requests: list[Request] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1  # headers and body in one packet

            def do_GET(self):
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Request(time.monotonic(), headers.get("host", "").partition(":")[0], self.path, headers)
                with outer._lock:
                    outer.requests.append(asked)
                outer._answer(self, asked)

            def log_message(self, *_):
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_):  # clients that hang up are what some tests are about
                pass

        self._http = Quiet(("127.0.0.1", 0), Handler)
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self):
        self._http.shutdown()
        self._http.server_close()

    def put(
        self, path, body=b"", *, host="acme.test", status=200, kind="text/html; charset=utf-8", wait=0.0, **headers
    ):
        named = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[host, path] = Answer(status, body, named, wait)

    def redirect(self, path, target, *, host="acme.test", status=301):
        self.pages[host, path] = Answer(status, b"", {"Location": target})

    def url(self, path="/", host="acme.test"):
        return f"http://{host}:{self.port}{path}"

    def asked(self, host="acme.test"):
        return [one.path for one in self.requests if one.host == host]

    def _find(self, asked):
        if (asked.host, asked.path) in self.pages:
            return self.pages[asked.host, asked.path]
        for (host, path), page in self.pages.items():
            if path.endswith("*") and host == asked.host and asked.path.startswith(path[:-1]):
                return page
        return Answer(404, b"<h1>Not found</h1>", {"Content-Type": "text/html"})

    def _answer(self, handler, asked):
        page = self._find(asked)
        answer = page(asked) if callable(page) else page
        if answer.wait:
            time.sleep(answer.wait)
        if answer.raw:
            handler.close_connection = True
            answer.raw(handler.wfile)
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = dict(answer.headers)
        if answer.status == 200:
            headers.setdefault("ETag", tag)
            if asked.headers.get("if-none-match") == tag:
                handler.send_response_only(304)
                handler.send_header("ETag", tag)
                handler.end_headers()
                return
        handler.send_response_only(answer.status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


async def resolve(host: str, port: int) -> list[str]:
    """Every name under .test is this machine; others do not exist."""
    if host.endswith(".test"):
        return ["127.0.0.1"]
    raise OSError(f"no such host {host}")


def settings(server, **changes):
    """No delay, this machine allowed, and job boards that live on the test server."""
    greenhouse = replace(
        BOARDS[0],
        link=re.compile(r"http://boards\.test/(?P<who>\w+)"),
        api=f"http://boards-api.test:{server.port}/v1/boards/{{who}}/jobs?content=true",
    )
    return Settings(
        **{
            "delay": 0.0,
            "backoff": 0.01,
            "allow_private": True,
            "max_body": 1_000_000,
            "boards": (greenhouse,),
            **changes,
        }
    )
