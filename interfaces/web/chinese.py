"""The page is Chinese from its first byte: its language is declared, and its components speak it in any browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


class ChinesePage:
    """ASGI middleware that says ``zh-CN`` in the page and runs a script before any other.

    Gradio's page says ``en``, and its components take the language of the browser; what is given to it as the head
    of the page only runs when they have chosen.

    :param script: JavaScript without a closing tag.
    """

    def __init__(self, app: App, script: str) -> None:
        self._app = app
        self._script = f"<script>{script}</script>".encode()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on; a page is changed on its way back."""
        if scope["type"] != "http" or scope.get("method") != "GET":
            await self._app(scope, receive, send)
            return
        start: list[Message] = []
        body: list[bytes] = []

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                start.append(message)
                return
            if not start or message["type"] != "http.response.body":
                await send(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = self._chinese(b"".join(body))
            headers = [(k, v) for k, v in start[0]["headers"] if k.lower() != b"content-length"]
            await send({**start[0], "headers": [*headers, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, changed)

    def _chinese(self, page: bytes) -> bytes:
        head = page.find(b"<head>")
        if head < 0:
            return page
        opening = page[:head].replace(b'lang="en"', b'lang="zh-CN"', 1)
        return opening + b"<head>" + self._script + page[head + len(b"<head>") :]


def _is_page(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message.get("headers", ())}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers
