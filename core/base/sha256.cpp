// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace workbench {

struct Sha256::State {
    struct Free {
        void operator()(EVP_MD_CTX* made) const { EVP_MD_CTX_free(made); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context {EVP_MD_CTX_new()};

    State()
    {
        if (!context) {
            throw std::bad_alloc();
        }
        start();
    }
    void start() const
    {
        // Looked up once: every EVP_sha256() would search OpenSSL's providers again.
        static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        if (EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1) {
            throw std::bad_alloc();
        }
    }
};

Sha256::Sha256() : m_state(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size());
}

std::string Sha256::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned length = 0;
    EVP_DigestFinal_ex(m_state->context.get(), digest.data(), &length);
    m_state->start();

    constexpr std::string_view Digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(std::size_t {length} * 2);
    for (unsigned i = 0; i < length; ++i) {
        hex.push_back(Digits[digest[i] >> 4U]);
        hex.push_back(Digits[digest[i] & 0xfU]);
    }
    return hex;
}

std::string Sha256::of(std::string_view bytes)
{
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

} // namespace workbench
