"""What paperless-ngx and the wire complain of, told as an error of `retention.errors` in plain words.

The server words an error in at least five ways: a list for each field, `non_field_errors`, `detail`,
`error`, and plain text or a page of HTML. All come down to one sentence here.
"""

from __future__ import annotations

import re
from http import HTTPStatus

import requests

from plugins.masking import mask_id_numbers
from retention.errors import DmsError, DmsRefused, DmsUnavailable, NoSuchRecord

_LONGEST = 300
_UNNAMED = ("detail", "error", "non_field_errors")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)

_UNAVAILABLE = {
    HTTPStatus.UNAUTHORIZED: (
        "不认识令牌，请在 paperless-ngx 的“我的资料”中重新生成，写入 PAPERLESS_TOKEN",
        "does not know the token ({told}): make a new one in paperless-ngx under My Profile and set PAPERLESS_TOKEN",
    ),
    HTTPStatus.FORBIDDEN: (
        "不允许该账号这样做，请授予它文件、标签、文档类型和自定义字段的增、查、改、删权限",
        "does not let this account do that ({told}): give the account of the token the rights to add, view, change and "
        "delete documents, tags, document types and custom fields",
    ),
    HTTPStatus.REQUEST_TIMEOUT: ("等待超时，请稍后再试", "gave up waiting ({told}): try again later"),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "要求放慢请求，请稍后再试",
        "wants fewer requests ({told}): try again later",
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: (
        "磁盘已满，请腾出空间",
        "has no room left ({told}): make room on its disk",
    ),
}
_REFUSED = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        "或其代理不接受这么大的请求，请调高上限",
        "or the proxy before it takes no request of that size ({told}): raise its limit (nginx: client_max_body_size)",
    ),
}


def error_of(response: requests.Response, place: str) -> DmsError:
    """The error that this answer, no success, stands for. `place` names the server for the message."""
    status = response.status_code
    told = _cut(words_of(response)) or f"HTTP {status} {response.reason or ''}".strip()
    who, zh = f"paperless-ngx at {place} ", "paperless-ngx "
    if response.is_redirect or 300 <= status < 400:
        return DmsUnavailable(
            f"{zh}把请求转到别处：PAPERLESS_URL 请写最终的地址，/api/ 之前不要有登录页。{who}sends on to {_cut(_without_query(response))} instead of answering: write in PAPERLESS_URL the "
            "address behind that (https, host, path), and let no login page stand before /api/"
        )
    if _is_of_a_proxy(response):
        return DmsUnavailable(
            f"回答的不是 paperless-ngx：请检查它前面的代理和 PAPERLESS_URL。something before paperless-ngx at {place} answers HTTP {status} ({told}): see its proxy, and that "
            "PAPERLESS_URL and PAPERLESS_ALLOWED_HOSTS name the same host"
        )
    if status == HTTPStatus.NOT_FOUND:
        return NoSuchRecord(f"{who}does not have that ({told})")
    if status in _UNAVAILABLE:
        chinese, english = _UNAVAILABLE[HTTPStatus(status)]
        return DmsUnavailable(f"{zh}{chinese}。{who}{english.format(told=told)}")
    if status >= 500:
        return DmsUnavailable(
            f"{zh}出错，请看其日志 data/log/paperless.log，再试。{who}failed (HTTP {status}: {told}): see its log, data/log/paperless.log, and try again"
        )
    if status in _REFUSED:
        chinese, english = _REFUSED[HTTPStatus(status)]
        return DmsRefused(f"{zh}{chinese}。{who}{english.format(told=told)}")
    return DmsRefused(f"{zh}拒绝了请求。{who}refused (HTTP {status}): {told}")


def error_of_version(response: requests.Response, place: str) -> DmsUnavailable:
    """The error for a server that speaks no version of the API that we do. `response` is what it gave to a question
    without a version, or one that names its own."""
    spoken = response.headers.get("X-Api-Version", "")
    which = f"speaks version {spoken} of its API" if spoken else "names no version of its API"
    release = response.headers.get("X-Version", "")
    older = spoken.isdecimal() and int(spoken) < 9
    return DmsUnavailable(
        f"API 版本不合，请升级{' paperless-ngx 至 3' if older else '本程序'}。paperless-ngx {release + ' ' if release else ''}at {place} {which}, and this program 10 and 9: upgrade "
        + ("paperless-ngx to 3" if older else "this program")
    )


def error_of_wire(error: requests.RequestException, place: str) -> DmsUnavailable:
    """The error for a request that got no whole answer."""
    if isinstance(error, requests.exceptions.SSLError):
        return DmsUnavailable(
            f"证书不受信任，请以 REQUESTS_CA_BUNDLE 指明其机构的证书。the certificate of {place} is not trusted: set REQUESTS_CA_BUNDLE to its authority's"
        )
    if isinstance(error, requests.Timeout):
        return DmsUnavailable(
            f"paperless-ngx 没有及时回答，请看它是否过载。paperless-ngx at {place} did not answer in time: see whether it is overloaded"
        )
    if isinstance(error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError):
        return DmsUnavailable(
            f"paperless-ngx 的回答中断，请再试。paperless-ngx at {place} broke off in the middle of an answer: try again"
        )
    return DmsUnavailable(
        f"连不上 paperless-ngx：请确认它在运行、PAPERLESS_URL 无误。nobody answers at {place} ({type(error).__name__}): see that paperless-ngx runs there and that "
        "PAPERLESS_URL names it"
    )


def words_of(response: requests.Response) -> str:
    """What the body of an error says, whichever shape it has; ID numbers are masked."""
    text = response.text
    if "json" in response.headers.get("Content-Type", ""):
        try:
            return mask_id_numbers(_sentence(response.json()))
        except ValueError:
            return mask_id_numbers(text)
    title = _TITLE.search(text)
    if title:
        return f"a page of HTML: {title[1].strip()}"
    return "a page of HTML" if "<" in text else mask_id_numbers(text.strip())


def _is_of_a_proxy(response: requests.Response) -> bool:
    """Whether it is not the API that says no. That tells JSON, or for 400 a line of text; a proxy that does not find the
    server, and a server that does not know the name it was asked by, give something else."""
    if "json" in response.headers.get("Content-Type", ""):
        return False
    is_page = response.text.lstrip().startswith("<")
    return response.status_code == HTTPStatus.NOT_FOUND or (
        response.status_code == HTTPStatus.BAD_REQUEST and is_page
    )


def _sentence(body: object) -> str:
    if isinstance(body, dict):
        parts = (
            _sentence(told) if name in _UNNAMED else f"{name}: {_sentence(told)}"
            for name, told in body.items()
        )
        return "; ".join(parts)
    if isinstance(body, list):
        return "; ".join(_sentence(part) for part in body if part)
    return str(body)


def _without_query(response: requests.Response) -> str:
    # The query of a login page repeats what was asked.
    return response.headers.get("Location", "another page").partition("?")[0]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
