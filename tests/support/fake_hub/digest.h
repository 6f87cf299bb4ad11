// SPDX-License-Identifier: Apache-2.0
/// Digests, hex and Base64 of the fake Hub. Its own, so that product and tests cannot be wrong together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace workbench::fakehub {

class Digest {
public:
    enum class Kind : std::uint8_t { Md5, Sha1, Sha256 };

    explicit Digest(Kind kind);
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    void update(std::string_view bytes);
    /// Lower-case hex; nothing may be added afterwards.
    [[nodiscard]] std::string finish();

    [[nodiscard]] static std::string of(Kind kind, std::string_view bytes);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What git calls a file: SHA-1 over "blob SIZE\0" and the content.
[[nodiscard]] std::string gitBlobId(std::string_view content);
/// The three lines that stand in git for a large file.
[[nodiscard]] std::string lfsPointer(std::string_view sha256, std::uint64_t size);

[[nodiscard]] bool isLowerHex(std::string_view text, std::size_t digits);
/// As many random hex digits.
[[nodiscard]] std::string randomHex(std::size_t digits);

/// Standard alphabet with padding, nothing else. Nothing when it is anything else.
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);

} // namespace workbench::fakehub
