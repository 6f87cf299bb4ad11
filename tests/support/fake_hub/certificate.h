// SPDX-License-Identifier: Apache-2.0
/// Certificates made for a test, good and bad.
#pragma once

#include <string>

namespace workbench::fakehub {

/// What a server needs to speak TLS, in PEM. Empty: plain HTTP.
struct Tls {
    std::string certificate = {};
    std::string key = {};
    std::string priorities = {}; ///< GnuTLS's; "NORMAL:-VERS-ALL:+VERS-TLS1.0" speaks the old protocol alone
};

struct CertificateWish {
    std::string address = "127.0.0.1"; ///< in the subjectAltName
    int validFromDays = -1; ///< counted from now
    int validToDays = 30; ///< negative: expired
};

/// Signed by itself: a client trusts it only when it is told to.
[[nodiscard]] Tls selfSigned(const CertificateWish& wish = {});

} // namespace workbench::fakehub
