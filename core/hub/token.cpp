// SPDX-License-Identifier: Apache-2.0
#include "core/hub/token.h"

#include "core/base/ascii.h"
#include "core/base/file.h"
#include "core/base/quoted.h"
#include "core/base/wiped_text.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <iterator>
#include <vector>

namespace workbench {

namespace {

constexpr std::uint64_t MaxTokenFile = 4096;
constexpr std::size_t LongestPath = 4096; ///< that is told: a shortened one is no use in a command

std::string trimmed(std::string text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && isBlank(text.back())) {
        text.pop_back();
    }
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), isBlank));
    return text;
}

/// `~` and `$NAME` as the Hub's own programs expand them in paths.
std::string expanded(const std::string& path, const Environment& environment)
{
    std::string out;
    std::size_t at = 0;
    if (path.starts_with("~/") || path == "~") {
        out = environment("HOME").value_or("");
        at = 1;
    }
    while (at < path.size()) {
        if (path[at] != '$') {
            out.push_back(path[at++]);
            continue;
        }
        const bool braces = at + 1 < path.size() && path[at + 1] == '{';
        std::size_t end = at + (braces ? 2 : 1);
        const std::size_t begin = end;
        while (end < path.size()
            && (std::isalnum(static_cast<unsigned char>(path[end])) != 0 || path[end] == '_')) {
            ++end;
        }
        out += environment(path.substr(begin, end - begin).c_str()).value_or("");
        at = end + (braces ? 1 : 0);
    }
    return out;
}

/// `look` asks the environment, then the env file.
std::string tokenPath(const Environment& look, const Environment& environment)
{
    if (const auto path = look("HF_TOKEN_PATH"); path && !path->empty()) {
        return expanded(*path, environment);
    }
    if (const auto home = look("HF_HOME"); home && !home->empty()) {
        return expanded(*home, environment) + "/token";
    }
    if (const auto cache = environment("XDG_CACHE_HOME"); cache && !cache->empty()) {
        return *cache + "/huggingface/token";
    }
    const auto home = environment("HOME");
    return home && !home->empty() ? *home + "/.cache/huggingface/token" : std::string();
}

constexpr std::size_t NotSpelled = std::string_view::npos;

/// The value of so many hexadecimal digits at `at`; -1 where there are others.
int hexValue(std::string_view text, std::size_t at, std::size_t digits)
{
    int value = -1;
    if (at + digits <= text.size()) {
        const char* const end = text.data() + at + digits;
        const auto [stop, fault] = std::from_chars(text.data() + at, end, value, 16);
        value = fault == std::errc() && stop == end && value >= 0 ? value : -1;
    }
    return value;
}

/// Where one character ends that is spelled at `at`: as itself, `%2F`, `\u002F` or `\/`.
std::array<std::size_t, 3> endsOfCharacter(std::string_view text, std::size_t at, char c)
{
    const bool plain = text[at] == c;
    const bool inUrl = text[at] == '%' && hexValue(text, at + 1, 2) == c;
    const bool after = text[at] == '\\' && at + 1 < text.size();
    const bool byNumber = after && text[at + 1] == 'u' && hexValue(text, at + 2, 4) == c;
    const bool escaped = after && text[at + 1] == c && (c == '/' || c == '"' || c == '\\');
    return {plain ? at + 1 : NotSpelled, inUrl ? at + 3 : NotSpelled,
        byNumber      ? at + 6
            : escaped ? at + 2
                      : NotSpelled};
}

/// Where `secret` ends that is spelled at `at`, or NotSpelled. All its spellings are followed side by side:
/// one after the other there are too many where a secret and a text are full of backslashes.
std::size_t endOfSpelling(std::string_view text, std::size_t at, std::string_view secret)
{
    std::vector<std::size_t> begins {at}; // of the next character, in order
    std::vector<std::size_t> ends;
    for (const char c : secret) {
        ends.clear();
        for (const std::size_t begin : begins) {
            if (begin < text.size()) {
                std::ranges::copy_if(endsOfCharacter(text, begin, c), std::back_inserter(ends),
                    [](std::size_t end) { return end != NotSpelled; });
            }
        }
        if (ends.empty()) {
            return NotSpelled;
        }
        std::ranges::sort(ends);
        ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
        begins.swap(ends);
    }
    return begins.front();
}

/// The Hub's own client writes its file for all to read where the umask says so: a caution, never a refusal.
std::string cautionAbout(const std::string& tokenFile)
{
    struct stat status {};
    const bool open = ::stat(tokenFile.c_str(), &status) == 0 && (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
    return open ? "The token comes from a file that other accounts of this computer may read; chmod 600 "
            + inQuotes(tokenFile, LongestPath) + " keeps it to yourself."
                : std::string();
}

/// `text` is wiped, whatever comes of it.
Result<std::optional<HubToken>> checked(
    WipedText found, const std::string& foundIn, const std::string& caution = {})
{
    std::string& text = found.text();
    text = trimmed(std::move(text));
    if (text.empty()) {
        return std::optional<HubToken>();
    }
    // It becomes a header line: anything but visible ASCII could end that line and begin another.
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; })) {
        return Error {ErrorCode::Usage,
            "The Hub token in " + foundIn + " holds characters that no token has.", foundIn};
    }
    return std::optional<HubToken>(HubToken(std::move(text), foundIn, caution));
}

/// A file that is there and cannot be read is not the same as none: who put it there counts on it.
bool isThere(const std::string& path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

} // namespace

HubToken::HubToken(std::string secret, std::string foundIn, std::string caution)
    : m_secret(std::move(secret))
    , m_foundIn(std::move(foundIn))
    , m_caution(std::move(caution))
{
}

HubToken::~HubToken() { wipe(m_secret); }

std::string HubToken::redacted(std::string_view text) const
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const bool mayBegin = !m_secret.empty() && (c == m_secret.front() || c == '%' || c == '\\');
        const std::size_t end = mayBegin ? endOfSpelling(text, at, m_secret) : NotSpelled;
        if (end != NotSpelled) {
            out += RedactedToken;
            at = end;
        } else {
            out.push_back(c);
            ++at;
        }
    }
    return out;
}

Result<std::optional<HubToken>> findToken(
    const Environment& environment, const std::map<std::string, std::string>& envFile)
{
    const auto fromMap = [&envFile](const char* key) {
        const auto found = envFile.find(key);
        return found == envFile.end() ? std::string() : found->second;
    };
    struct Place {
        WipedText text;
        const char* name;
    };
    std::array<Place, 3> places {{{WipedText(environment("HF_TOKEN").value_or("")), "HF_TOKEN"},
        {WipedText(fromMap("HF_TOKEN")), "the env file"},
        {WipedText(environment("HUGGING_FACE_HUB_TOKEN").value_or("")), "HUGGING_FACE_HUB_TOKEN"}}};
    for (Place& place : places) {
        auto token = checked(std::move(place.text), place.name);
        if (!token || *token) {
            return token;
        }
    }
    const auto look = [&](const char* key) {
        auto value = environment(key);
        return value && !value->empty() ? value : std::optional<std::string>(fromMap(key));
    };
    const std::string path = tokenPath(look, environment);
    if (path.empty()) {
        return std::optional<HubToken>();
    }
    auto text = readFile(path, MaxTokenFile);
    if (!text) {
        if (!isThere(path)) {
            return std::optional<HubToken>();
        }
        return Error {ErrorCode::Usage, "The Hub's token file cannot be read: " + text.error().message, path};
    }
    return checked(WipedText(std::move(*text)), "the token file", cautionAbout(path));
}

} // namespace workbench
