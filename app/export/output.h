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

/// Where a reader keeps it waiting, it waits no longer once it was asked to stop.
class Output {
public:
    Output(bool json, bool quiet, std::stop_token stop = {});

    [[nodiscard]] bool json() const { return m_json; }
    [[nodiscard]] bool quiet() const { return m_quiet; }
    /// stderr is a terminal that a bar may be drawn on.
    [[nodiscard]] bool drawsProgress() const { return m_isTerminal && !m_quiet; }

    /// Writes to stdout, all of it. Errors: Io; without a message when nobody reads any more, for then
    /// there is nobody to tell. Cancelled.
    [[nodiscard]] Result<void> print(std::string_view text);
    /// The same to stderr, quiet or not: the findings of `guard`, which are a result too.
    [[nodiscard]] Result<void> report(std::string_view text);
    /// A word for a person, on stderr; dropped when told to be quiet. As with all words, what cannot be said
    /// there cannot be said at all; the exit code still tells.
    void say(std::string_view text);
    /// An error, on stderr, quiet or not. A name in it cannot steer the terminal.
    void complain(const Error& error);
    /// To stderr as it is, quiet or not.
    void note(std::string_view text);

    /// `text` in colour, if stderr takes colour.
    [[nodiscard]] std::string painted(std::string_view text, Tone tone) const;

private:
    [[nodiscard]] Result<void> write(int descriptor, const char* name, std::string_view text) const;

    std::stop_token m_stop;
    bool m_json;
    bool m_quiet;
    bool m_isTerminal;
    bool m_hasColour;
};

} // namespace workbench
