// SPDX-License-Identifier: Apache-2.0
/// What passes: the narrow grammars of the few open fields (contract, section 5).
#pragma once

#include <string_view>

namespace workbench {

/// `[A-Za-z0-9_.:-]{1,64}`
[[nodiscard]] bool isExampleId(std::string_view text);
/// A UUID, a ULID or a hex digest (32, 40 or 64 digits) with at least one letter: made by a machine, so the
/// patterns for people's data have nothing to say about it. (The phone pattern would match one UUID in
/// thirty.)
[[nodiscard]] bool isMachineId(std::string_view text);
/// `[a-z][a-z0-9_]{0,63}`
[[nodiscard]] bool isPressureKey(std::string_view text);

} // namespace workbench
