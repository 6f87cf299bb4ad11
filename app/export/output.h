// SPDX-License-Identifier: GPL-3.0-or-later
/// The two streams: results on stdout, words for people on stderr.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>

namespace workbench {

enum class Tone : std::uint8_t { Plain, Good, Bad, Dim };

/// Puts something that can be neither read nor written where a standard stream was closed before the
/// start: else the first file to be opened would take its number, and messages would end up in a bundle.
void occupyStandardStreams();

class Output {
public:
    Output(bool json, bool quiet);

    [[nodiscard]] bool json() const { return m_json; }
    [[nodiscard]] bool quiet() const { return m_quiet; }
    /// stderr is a terminal that a bar may be drawn on.
    [[nodiscard]] bool drawsProgress() const { return m_isTerminal && !m_quiet; }

    /// Writes to stdout, all of it. Errors: Io; without a message when nobody reads any more, for then
    /// there is nobody to tell. Cancelled when asked to stop while a reader keeps us waiting.
    [[nodiscard]] Result<void> print(std::string_view text, const std::stop_token& stop = {});
    /// A word for a person, on stderr; dropped when told to be quiet.
    void say(std::string_view text);
    /// An error, on stderr, quiet or not.
    void complain(const Error& error);
    /// To stderr as it is, quiet or not: the findings of `guard`.
    void note(std::string_view text);

    /// `text` in colour, if stderr takes colour.
    [[nodiscard]] std::string painted(std::string_view text, Tone tone) const;

private:
    bool m_json;
    bool m_quiet;
    bool m_isTerminal;
    bool m_hasColour;
};

} // namespace workbench
