"""What a mail server refused, in words, and the key of [alarm] that mends it."""

from __future__ import annotations

import smtplib
import ssl

from workflow.line_trouble import line_words, plain

_PORTS = '465 端口写 "tls"，587 和 25 端口写 "starttls"'
_ENCRYPTION = f"请核对 [alarm] mail_port 和 mail_security（{_PORTS}）"


def mail_trouble(error: Exception) -> str:
    """What went wrong and what to do; no password is repeated."""
    return f"{mail_words(error)}。{_mend(error)}"


def mail_words(error: Exception) -> str:
    """What went wrong on the way to a mail server; no password is repeated."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        refused = (
            f"{who}（{code} {plain(words)}）"
            for who, (code, words) in error.recipients.items()
        )
        return f"不收这些收件人：{'、'.join(refused)}"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"不收发件人 {error.sender}（{_answer(error)}）"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "中途断开"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "不支持这样加密或登录"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"没有收下（{_answer(error)}）"
    return line_words(error)


def _mend(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "请核对 [alarm] mail_to"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return "请核对 [alarm] mail_from：多半要和 mail_user 是同一个邮箱"
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            "密码没有发出去。请核对 [alarm] mail_host 是不是邮箱写明的那个名字，"
            f"并看电脑的日期对不对；内部服务器请核对 mail_security（{_PORTS}）"
        )
    if isinstance(
        error,
        ssl.SSLError | smtplib.SMTPServerDisconnected | smtplib.SMTPNotSupportedError,
    ):
        return _ENCRYPTION
    if isinstance(error, smtplib.SMTPResponseException):
        return "请照它说的核对邮箱和 [alarm] 的设置，或过一会儿再试"
    return "请核对 [alarm] mail_host、mail_port、mail_security，和电脑的网络"


def _answer(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {plain(error.smtp_error)}".strip()
