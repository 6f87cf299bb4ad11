// SPDX-License-Identifier: Apache-2.0
#include "core/base/uuid.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <random>
#include <string_view>

#include <sys/random.h>

namespace workbench {

namespace {

std::array<std::uint8_t, 16> randomBytes()
{
    std::array<std::uint8_t, 16> bytes {};
    ssize_t got = 0;
    do {
        got = ::getrandom(bytes.data(), bytes.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got
        != static_cast<ssize_t>(bytes.size())) { // a kernel without getrandom, or a sandbox that forbids it
        std::random_device device;
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(device() & 0xffU);
        }
    }
    return bytes;
}

} // namespace

std::string makeUuid()
{
    std::array<std::uint8_t, 16> bytes = randomBytes();
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0fU) | 0x40U); // version 4
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3fU) | 0x80U); // variant of RFC 9562
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(36);
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        if (place == 4 || place == 6 || place == 8 || place == 10) {
            text += '-';
        }
        text += digits[bytes[place] >> 4U];
        text += digits[bytes[place] & 0x0fU];
    }
    return text;
}

std::string makeRandomSuffix() { return makeUuid().substr(0, RandomSuffixLength); }

} // namespace workbench
