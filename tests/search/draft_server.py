"""A scripted OpenAI-compatible endpoint on this machine: it answers as it is told, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the endpoint does next, and what it was sent.

    :ivar content: the model's text. :ivar raw: the whole body instead of a well-formed one.
    :ivar promised: a Content-Length that is not kept. :ivar wait: seconds before it answers; ``drip`` between bytes.
    """

    content: str = ""
    finish: str = "stop"
    status: int = 200
    raw: bytes | None = None
    promised: int | None = None
    location: str = ""
    wait: float = 0.0
    drip: float = 0.0
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": self.content},
            "finish_reason": self.finish,
        }
        return json.dumps({"object": "chat.completion", "choices": [choice]}, ensure_ascii=False).encode()


@contextmanager
def scripted() -> Iterator[tuple[Script, str]]:
    """The script of a running endpoint, and its base URL."""
    script = Script()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            script.requests.append(json.loads(self.rfile.read(length)))
            script.headers.append(dict(self.headers))
            script.paths.append(self.path)
            time.sleep(script.wait)
            body = script.body()
            self.send_response(script.status)
            if script.location:
                self.send_header("Location", script.location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(script.promised or len(body)))
            self.end_headers()
            try:
                for at in range(0, len(body), 8 if script.drip else len(body) or 1):
                    self.wfile.write(body[at : at + 8] if script.drip else body)
                    self.wfile.flush()
                    time.sleep(script.drip)
            except OSError:
                return  # the client gave up, as it should

        def log_message(self, *arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script, f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
