// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <new>

namespace workbench {

namespace {

constexpr std::size_t Page = 4096;
constexpr std::size_t CacheLine = 64;
constexpr std::size_t LinesAhead = 8; ///< 4 to 64 are the same
constexpr std::size_t Block = 64; ///< what SHA-256 takes at a time
/// Handed of each in turn. 64 bytes are the same; with 256 the processor sees too little of the other, 1024
/// are no better than all.
constexpr std::size_t InTurn = 2 * Block;

std::string_view takeFront(std::string_view& bytes, std::size_t count)
{
    const std::string_view front = bytes.substr(0, count);
    bytes.remove_prefix(front.size());
    return front;
}

} // namespace

struct Sha256::State {
    struct Free {
        void operator()(EVP_MD_CTX* made) const { EVP_MD_CTX_free(made); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context {EVP_MD_CTX_new()};
    std::size_t inBlock = 0; ///< bytes of a block that is not complete yet

    State()
    {
        if (!context) {
            throw std::bad_alloc();
        }
        start();
    }
    void add(std::string_view bytes)
    {
        EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
        inBlock = (inBlock + bytes.size()) % Block;
    }
    void start()
    {
        inBlock = 0;
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
    // The processor fetches ahead by itself, but not beyond a page, and a large piece lies in the memory of
    // another core or farther away by the time it is hashed.
    while (bytes.size() > Page) {
        const std::string_view page = bytes.substr(0, Page);
        bytes.remove_prefix(Page);
        for (std::size_t at = 0; at < std::min(bytes.size(), LinesAhead * CacheLine); at += CacheLine) {
            __builtin_prefetch(bytes.data() + at);
        }
        m_state->add(page);
    }
    m_state->add(bytes);
}

void Sha256::updateBoth(Sha256& a, std::string_view ofA, Sha256& b, std::string_view ofB)
{
    // Whole blocks from here on: what completes one is copied.
    a.m_state->add(takeFront(ofA, (Block - a.m_state->inBlock) % Block));
    b.m_state->add(takeFront(ofB, (Block - b.m_state->inBlock) % Block));
    while (ofA.size() >= InTurn && ofB.size() >= InTurn) {
        for (std::size_t line = 0; line < InTurn; line += CacheLine) { // past the end it does no harm
            __builtin_prefetch(ofA.data() + LinesAhead * CacheLine + line);
            __builtin_prefetch(ofB.data() + LinesAhead * CacheLine + line);
        }
        a.m_state->add(takeFront(ofA, InTurn));
        b.m_state->add(takeFront(ofB, InTurn));
    }
    a.update(ofA);
    b.update(ofB);
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
