"""A web address as people type or paste it, made into one that can be asked.

Input methods for Chinese write 。 for a dot, ： and ／ for their kin; a chat or a
document puts brackets, words and a full stop around; the ``http://`` is left out.
"""

from __future__ import annotations

import re

# Letters, digits and the signs of addresses as the keyboard has them; what only
# surrounds an address (，；！（） and quotes) stays, and ends it.
_KEPT = "，；！（）＂＇＜＞［］"
_NARROW = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEPT
} | {ord("。"): ord("."), ord("\u3000"): ord(" ")}
_FOUND = re.compile(
    r"(?P<scheme>https?|ftp|file)\s*(?:[:;]\s*/{0,2}|//)\s*(?P<rest>[^\s<>《》“”\"'，；、（）！＂＇＜＞［］]+)",
    re.IGNORECASE,
)
_AROUND = " \t\r\n\u3000\u00a0<>《》【】〈〉“”‘’\"'（）()[]，,；;、！!。．"
_HOST = re.compile(
    r"(?:(?:[\w-]+\.)+(?!html?\b|mht|pdf|docx?\b|xlsx?\b|zip\b|txt\b|php\b)[^\W\d_][\w-]+|\d{1,3}(?:\.\d{1,3}){3})"
    r"(?::\d{1,5})?(?=[/?#.\s，；、（）]|$)"
)
_NAMED = re.compile(r"(https?://)([^/?#:@]+)(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST = 2_000
_ENDS = ".,;!>\"'"
_RIGHT = re.compile(r"https?://[!-~]*[^.,;!>\"'\s]")


def typed_address(text: str) -> str | None:
    """The address that was meant, None where the words hold none.

    An address that is right already comes back as it is. Names in Chinese
    (``http://工会.政务/``) become their ASCII form.
    """
    words = text.strip(_AROUND)[:_LONGEST]
    if _RIGHT.fullmatch(words):
        return words
    narrow = words.translate(_NARROW)
    found = _FOUND.search(narrow)
    if found:
        return _in_ascii(f"{found['scheme'].lower()}://{found['rest']}".rstrip(_ENDS))
    host = _HOST.match(narrow)
    if host is None:
        return None
    rest = re.split(r"[\s，；、（）]", narrow, maxsplit=1)[0]
    return _in_ascii(f"http://{rest}".rstrip(_ENDS))


def _in_ascii(address: str) -> str | None:
    parts = _NAMED.fullmatch(address)
    if parts is None or parts[2].isascii():
        return address
    try:
        host = parts[2].encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return f"{parts[1]}{host}{parts[3]}"
