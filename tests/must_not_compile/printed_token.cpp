// SPDX-License-Identifier: Apache-2.0
// The Hub's token cannot be read by whoever holds it: what is not readable is not printed.
#include "core/hub/token.h"

std::string shown(const workbench::HubToken& token)
{
#ifdef MISUSE
    return token.m_secret;
#else
    return token.foundIn();
#endif
}
