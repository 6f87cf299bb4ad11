// SPDX-License-Identifier: Apache-2.0
#include "core/base/wiped_text.h"

#include <openssl/crypto.h>

namespace workbench {

void wipe(std::string& text)
{
    text.resize(text.capacity()); // a string that was moved from still holds what it held
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace workbench
