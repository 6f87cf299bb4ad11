// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/digest.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

namespace workbench::fakehub {

namespace {

constexpr std::string_view HexDigits = "0123456789abcdef";

std::string toHex(const unsigned char* bytes, std::size_t size)
{
    std::string hex;
    hex.reserve(size * 2);
    for (std::size_t i = 0; i < size; ++i) {
        hex += HexDigits[bytes[i] >> 4U];
        hex += HexDigits[bytes[i] & 15U];
    }
    return hex;
}

const EVP_MD* method(Digest::Kind kind)
{
    switch (kind) {
    case Digest::Kind::Md5:
        return EVP_md5();
    case Digest::Kind::Sha1:
        return EVP_sha1();
    case Digest::Kind::Sha256:
        break;
    }
    return EVP_sha256();
}

int base64Value(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

} // namespace

struct Digest::State {
    struct Free {
        void operator()(EVP_MD_CTX* owned) const { EVP_MD_CTX_free(owned); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context;
};

Digest::Digest(Kind kind) : m_state(std::make_unique<State>())
{
    m_state->context.reset(EVP_MD_CTX_new());
    if (!m_state->context || EVP_DigestInit_ex(m_state->context.get(), method(kind), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::update(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size());
}

std::string Digest::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out {};
    unsigned size = 0;
    EVP_DigestFinal_ex(m_state->context.get(), out.data(), &size);
    return toHex(out.data(), size);
}

std::string Digest::of(Kind kind, std::string_view bytes)
{
    Digest digest(kind);
    digest.update(bytes);
    return digest.finish();
}

std::string gitBlobId(std::string_view content)
{
    Digest digest(Digest::Kind::Sha1);
    digest.update("blob " + std::to_string(content.size()));
    digest.update(std::string_view("\0", 1));
    digest.update(content);
    return digest.finish();
}

std::string lfsPointer(std::string_view sha256, std::uint64_t size)
{
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(sha256) + "\nsize "
        + std::to_string(size) + "\n";
}

bool isLowerHex(std::string_view text, std::size_t digits)
{
    return text.size() == digits && std::all_of(text.begin(), text.end(), [](char c) {
        return HexDigits.find(c) != std::string_view::npos;
    });
}

std::string randomHex(std::size_t digits)
{
    std::vector<unsigned char> bytes((digits + 1) / 2);
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        throw std::runtime_error("no random bytes");
    }
    return toHex(bytes.data(), bytes.size()).substr(0, digits);
}

std::optional<std::string> decodeBase64(std::string_view text)
{
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    std::string out;
    out.reserve(text.size() / 4 * 3);
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text.substr(0, text.size() - padding)) {
        const int value = base64Value(c);
        if (value < 0) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<unsigned>(value);
        held += 6;
        if (held >= 8) {
            held -= 8;
            out += static_cast<char>((bits >> held) & 255U);
            bits &= (1U << held) - 1U;
        }
    }
    if (bits != 0) { // what is left over must be zero: one content has one spelling
        return std::nullopt;
    }
    return out;
}

} // namespace workbench::fakehub
