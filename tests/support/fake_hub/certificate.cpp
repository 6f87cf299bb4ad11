// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/certificate.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace workbench::fakehub {

namespace {

template <class T, void (*Free)(T*)> struct Freed {
    void operator()(T* object) const { Free(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION, X509_EXTENSION_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

constexpr long Day = 24L * 60 * 60;

void require(bool done)
{
    if (!done) {
        throw std::runtime_error("the fake Hub cannot make a certificate");
    }
}

std::string textOf(BIO* memory)
{
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory, &bytes);
    return size > 0 ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

void addExtension(X509* certificate, int kind, const std::string& value)
{
    X509V3_CTX context {};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

} // namespace

Tls selfSigned(const CertificateWish& wish)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    require(key && certificate);
    X509* x509 = certificate.get();
    X509_set_version(x509, 2); // v3
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), wish.validFromDays * Day);
    X509_gmtime_adj(X509_getm_notAfter(x509), wish.validToDays * Day);
    X509_NAME* name = X509_get_subject_name(x509);
    const auto* common = reinterpret_cast<const unsigned char*>("fake hub");
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, common, -1, -1, 0) == 1
        && X509_set_issuer_name(x509, name) == 1 && X509_set_pubkey(x509, key.get()) == 1);
    addExtension(x509, NID_subject_alt_name, "IP:" + wish.address);
    addExtension(x509, NID_basic_constraints, "critical,CA:TRUE");
    require(X509_sign(x509, key.get(), EVP_sha256()) > 0);
    const Memory certificateText(BIO_new(BIO_s_mem()));
    const Memory keyText(BIO_new(BIO_s_mem()));
    require(certificateText && keyText && PEM_write_bio_X509(certificateText.get(), x509) == 1
        && PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {.certificate = textOf(certificateText.get()), .key = textOf(keyText.get())};
}

} // namespace workbench::fakehub
