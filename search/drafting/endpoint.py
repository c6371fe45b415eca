"""Which endpoint a draft is asked of, as the settings say; none by default."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kb.errors import SettingsError
from kb.settings import Settings

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint.

    :ivar base_url: up to ``/v1``; ``/chat/completions`` follows. :ivar key: never shown nor logged; may be empty.
    :ivar timeout: seconds that a whole request may take.
    """

    base_url: str
    model: str
    key: str = field(default="", repr=False)
    timeout: float = 60.0

    @property
    def host(self) -> str:
        """Where the text is sent, as it is shown to people."""
        parts = urlsplit(self.base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def endpoint_of(settings: Settings) -> Endpoint | None:
    """The endpoint that the settings name; None where drafting is off.

    :raises SettingsError: the address is none, the model is missing, or the variable of the key is not set.
    """
    url = settings.draft_base_url.strip().rstrip("/")
    if not url:
        return None
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        secret = bool(parts.username or parts.password)
    except ValueError:
        fits, secret = False, False
    if not fits or parts.query or parts.fragment:
        raise SettingsError(
            f"起草接口的地址“{url}”不对", remedy="应形如 https://主机/v1，写在设置项 draft_base_url"
        )
    if secret:
        raise SettingsError(
            "起草接口的地址里不能写用户名和密码", remedy="密钥放在环境变量里，变量名写在 draft_key_env"
        )
    model = settings.draft_model.strip()
    if not model:
        raise SettingsError("没有写起草用的模型", remedy="把模型名称写在设置项 draft_model")
    return Endpoint(url, model, _key(settings.draft_key_env.strip()), float(settings.draft_timeout))


def _key(name: str) -> str:
    if not name:
        return ""
    if not _NAME.fullmatch(name):
        raise SettingsError(
            "设置项“draft_key_env”不是环境变量名", remedy="这里写变量的名字，不写密钥本身，例如 DRAFT_API_KEY"
        )
    value = os.environ.get(name, "").strip()
    if not value:
        raise SettingsError(
            f"环境变量 {name} 没有设置", remedy="请设置后重新启动；不需要密钥时把 draft_key_env 留空"
        )
    if not value.isascii() or not value.isprintable():
        raise SettingsError(f"环境变量 {name} 里的密钥含有不能发送的字符", remedy="请检查后重新启动")
    return value
