"""What a store's error codes mean, and what the office can do about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ParamValidationError,
    SSLError,
)

from publisher.faults import LinkBroken, LoginRefused, PublishFailed

TAKEN = frozenset(
    {"PreconditionFailed", "412", "ConditionalRequestConflict", "409", "304"}
)
GONE = frozenset({"NoSuchKey", "404", "NotFound"})
UNKNOWN = frozenset({"NotImplemented", "501"})
_DOING = {
    "ListObjectsV2": "列出",
    "GetObject": "读",
    "PutObject": "写",
    "DeleteObject": "删除",
}
_STANDS = "原来的网页还在。"
_KEY = (
    "不接受这把密钥（{code}）：密钥不对或已过期。请在控制台核对，更新环境变量后再发布"
)
_RIGHTS = (
    "不让{doing}文件（{code}）：请在控制台给这把密钥加上{doing}的权限"
    "（要哪些，见 deploy/s3/policy.json），再发布"
)
_REGION = "不在设置写的地域（{code}）：请照控制台核对 region 和 address"
_DOMAIN = (
    "不认这样的网址（{code}）：请把 config.toml 里的 path_style "
    "由 true 改成 false，或反过来"
)
_CLOCK = "说这台电脑的时间不对（{code}）：请先把系统时间校准，再发布"
_ACCOUNT = "停用了（{code}），多半是账号欠费：请在控制台看账单，恢复后再发布"
_FULL = "满了（{code}）。" + _STANDS + "请在控制台腾出空间或加大配额，再发布，会接着做"
_MEANS: dict[str, tuple[type[PublishFailed], str]] = {
    **dict.fromkeys(("AccessDenied", "403", "Forbidden"), (LoginRefused, _RIGHTS)),
    **dict.fromkeys(
        ("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"),
        (LoginRefused, _KEY),
    ),
    **dict.fromkeys(
        (
            *("AuthorizationHeaderMalformed", "PermanentRedirect", "301"),
            "IllegalLocationConstraintException",
        ),
        (PublishFailed, _REGION),
    ),
    **dict.fromkeys(
        ("SecondLevelDomainForbidden", "VirtualHostDomainRequired"),
        (PublishFailed, _DOMAIN),
    ),
    **dict.fromkeys(
        ("RequestTimeTooSkewed", "RequestExpired"), (PublishFailed, _CLOCK)
    ),
    **dict.fromkeys(("UserDisable", "AccountProblem"), (PublishFailed, _ACCOUNT)),
    **dict.fromkeys(("QuotaExceeded", "XMinioStorageFull"), (PublishFailed, _FULL)),
    "NoSuchBucket": (PublishFailed, "还没有建，或名字写错了：请核对 bucket 和 address"),
}
_ELSE = (
    "没有照办（{code}），试了几次仍不行。" + _STANDS + "请过几分钟再运行 "
    "gonghui publish，会接着做"
)


class LockTaken(PublishFailed):
    """The store refused to make a file that is there already."""


class NoConditions(PublishFailed):
    """The store knows no file that is made only where there is none."""


@contextmanager
def told_faults(bucket: str, endpoint: str) -> Iterator[None]:
    """Turn what the library raises into a sentence with the cure.

    Raises:
        PublishFailed: whatever kept the store from doing as asked.
    """
    where = f"存储空间 {bucket}（{endpoint or 'S3'}）"
    try:
        yield
    except ClientError as error:
        raise _refusal(error, where) from error
    except (ParamValidationError, ValueError) as error:
        raise PublishFailed(
            f"{where}的写法不对：address 要写完整，如 https://s3.example.cn；"
            "bucket 只用小写字母、数字和短横线"
        ) from error
    except SSLError as error:
        raise LinkBroken(
            f"与{where}的加密连接没有建成：证书过期、自签，或这个端口不是 https。"
            f"{_STANDS}请核对 address，或请管理存储的人换证书"
        ) from error
    except (BotoCoreError, OSError) as error:
        raise LinkBroken(
            f"与{where}的连接断了或连不上。{_STANDS}"
            "请检查网络和 address，再运行 gonghui publish，会接着做"
        ) from error


def code_of(error: ClientError) -> str:
    """The store's own word for what went wrong."""
    return str(error.response.get("Error", {}).get("Code", ""))


def _refusal(error: ClientError, where: str) -> PublishFailed:
    code = code_of(error)
    if code in TAKEN:
        return LockTaken(f"{where}里已经有这个文件")
    if code in UNKNOWN:
        return NoConditions(f"{where}不会这样做（{code}）")
    doing = _DOING.get(error.operation_name, "读写")
    kind, words = _MEANS.get(code, (PublishFailed, _ELSE))
    return kind(where + words.format(code=code, doing=doing))
