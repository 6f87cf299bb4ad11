// SPDX-License-Identifier: Apache-2.0
// Nor is there a way to stream it.
#include "core/hub/token.h"

#include <ostream>

void log(std::ostream& out, const workbench::HubToken& token)
{
#ifdef MISUSE
    out << token;
#else
    out << token.foundIn();
#endif
}
