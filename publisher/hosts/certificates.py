"""Why a certificate was not believed, for somebody who can telephone the host."""

from __future__ import annotations

import ssl

# OpenSSL's own numbers (X509_V_ERR_*), see x509_vfy.h
_WHY = {
    9: "证书还没有到生效的日子，也可能是这台电脑的日期不对",
    10: "证书已经过期",
    18: "证书是主机自己签的，没有人担保",
    19: "证书链里有一张自己签的，没有人担保",
    20: "证书的签发者查不到，多半是主机没有装中间证书",
    21: "证书的签发者查不到，多半是主机没有装中间证书",
    62: "证书写的是别的域名",
    64: "证书写的是别的地址",
}


def why_not_believed(error: ssl.SSLCertVerificationError) -> str:
    """The reason in Chinese; OpenSSL's own words for a rare one."""
    return _WHY.get(error.verify_code, str(error.verify_message))
