"""One request to an OpenAI-compatible endpoint: within its time, to its host only, and read with suspicion."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from kb.errors import DraftError
from search.drafting.endpoint import Endpoint

_LARGEST = 2_000_000
"""Bytes of an answer that are read at most."""
_PIECE = 16_384
_THOUGHT = re.compile(r"<think>.*?</think>\s*", re.DOTALL)
_REMEDIES = {
    400: "接口不接受这个请求，请检查 draft_model",
    401: "请检查环境变量里的密钥",
    403: "请检查密钥的权限",
    404: "请检查 draft_base_url（一般以 /v1 结尾）和 draft_model",
    408: "请稍后重试",
    413: "资料太长，请缩小问题的范围",
    429: "请求太多或额度用完，请稍后重试",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote; ``cut`` when it stopped before it was done."""

    text: str
    cut: bool = False


class _NoRedirect(HTTPRedirectHandler):
    """The text and the key go to the host that was set, and nowhere else."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


def complete(endpoint: Endpoint, messages: Sequence[Message]) -> Reply:
    """Ask the endpoint for a completion.

    :raises DraftError: it can't be reached, takes too long, refuses, or what it gives is no whole answer.
    """
    body = json.dumps(
        {
            "model": endpoint.model,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "temperature": 0,
            "stream": False,
        },
        ensure_ascii=False,
    ).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    # Only http and https get here: endpoint_of checks the scheme.
    request = Request(f"{endpoint.base_url}/chat/completions", body, headers, method="POST")
    until = time.monotonic() + endpoint.timeout
    where = f"起草接口 {endpoint.host}"
    try:
        with build_opener(_NoRedirect).open(request, timeout=endpoint.timeout) as response:
            raw = _read(response, until)
    except HTTPError as error:
        error.close()
        raise _refused(where, error.code) from error
    except TimeoutError as error:
        raise _late(where, endpoint) from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _late(where, endpoint) from error
        raise DraftError(
            f"连不上{where}：{_cause(error.reason)}", remedy="请检查地址和网络；不起草不影响其他功能"
        ) from error
    except (HTTPException, OSError) as error:
        raise DraftError(f"{where}的回答中途断了", remedy="请重试") from error
    return _reply(where, raw)


def _read(response: IO[bytes], until: float) -> bytes:
    """The body, at most so long and so large; a server that drips must not hold a person up."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):  # type: ignore[attr-defined]
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise DraftError("起草接口的回答太长", remedy="请检查 draft_base_url 是否写对")
        if time.monotonic() > until:
            raise TimeoutError
    # read1 does not say when a connection ends before the length that was promised.
    left = getattr(response, "length", None)
    if left:
        raise HTTPException(f"{left} bytes missing")
    return b"".join(pieces)


def _refused(where: str, code: int) -> DraftError:
    if 300 <= code < 400:
        return DraftError(f"{where}要求转到别处，没有照办", remedy="请把最终地址写在 draft_base_url")
    remedy = _REMEDIES.get(code, "接口出错，请稍后重试" if code >= 500 else "请检查起草的设置")
    return DraftError(f"{where}拒绝了请求（HTTP {code}）", remedy=remedy)


def _late(where: str, endpoint: Endpoint) -> DraftError:
    return DraftError(
        f"{where}在 {endpoint.timeout:g} 秒内没有答完", remedy="请稍后重试，或调大设置项 draft_timeout"
    )


def _cause(reason: object) -> str:
    if isinstance(reason, ConnectionRefusedError):
        return "对方没有在监听"
    if isinstance(reason, socket.gaierror):
        return "找不到这个主机"
    return "网络出错"


def _reply(where: str, raw: bytes) -> Reply:
    try:
        data = json.loads(raw.decode("utf-8"))
        choice = data["choices"][0]
        text = choice["message"]["content"]
        ending = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise DraftError(
            f"{where}的回答不完整或格式不对", remedy="请重试；仍不行请检查地址是否兼容 OpenAI"
        ) from error
    text = _THOUGHT.sub("", text).strip() if isinstance(text, str) else ""
    if not text or text.startswith("<think>"):
        raise DraftError(f"{where}的回答是空的", remedy="请重试，或换一个模型")
    return Reply(text, cut=ending == "length")
