// SPDX-License-Identifier: Apache-2.0
/// Secrets do not stay in memory that was given back.
#pragma once

#include <string>
#include <utility>

namespace workbench {

/// Overwrites all that `text` has room for, what is behind its end or was moved from among it, and empties
/// it.
void wipe(std::string& text);

/// A text that is wiped when it goes.
class WipedText {
public:
    explicit WipedText(std::string text) : m_text(std::move(text)) {}
    ~WipedText() { wipe(m_text); }
    WipedText(const WipedText&) = delete;
    WipedText& operator=(const WipedText&) = delete;
    WipedText(WipedText&&) noexcept = default;
    WipedText& operator=(WipedText&&) = delete;

    [[nodiscard]] std::string& text() { return m_text; }

private:
    std::string m_text;
};

} // namespace workbench
