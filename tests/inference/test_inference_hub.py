import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from huggingface_hub import constants

from askworthy.errors import BadModel
from askworthy.inference import hub
from askworthy.inference.cross_encoder import load_cross_encoder
from askworthy.inference.encoder import load_encoder


@pytest.fixture
def serve(monkeypatch):
    """Put a server in the Hub's place that answers everything with one status; None for nobody at home."""
    servers = []

    def serve(status):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status)
                self.send_header("X-Error-Code", "RepoNotFound")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_HEAD(self):
                self.do_GET()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if status is None:
            server.server_close()
        else:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.append(server)
        monkeypatch.setattr(constants, "ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        hub._hub_answers.cache_clear()

    yield serve
    hub._hub_answers.cache_clear()
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("status", "expected"), [(200, False), (404, False), (503, True), (None, True)])
def test_the_hub_is_used_where_it_answers(serve, status, expected):
    serve(status)
    assert hub.local_only("somebody/model") is expected


def test_a_folder_needs_no_hub(tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "_hub_answers", lambda: pytest.fail("the Hub was asked"))
    assert hub.local_only(str(tmp_path))


@pytest.mark.parametrize("load", [load_encoder, load_cross_encoder])
def test_without_the_hub_a_name_fails_at_once(serve, load):
    import sentence_transformers  # noqa: F401 - its import takes seconds that are not to be counted

    serve(None)
    began = time.monotonic()
    with pytest.raises(BadModel, match="'somebody/model' does not load"):
        _ = load("somebody/model").hash
    assert time.monotonic() - began < 5
