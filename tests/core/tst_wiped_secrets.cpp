// SPDX-License-Identifier: Apache-2.0
// A token that is not needed any more is nowhere in our memory: looked for in all that this process may write
// to.
#include "core/config/kept_variables.h"
#include "core/hub/http.h"
#include "core/hub/token.h"
#include "tests/support/thoroughness.h"

#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

using namespace workbench;

namespace {

/// The canary stands nowhere in plain, not even in this program's file: made when it is asked for.
constexpr std::string_view Masked = "hf_"
                                    "\x4b\x68\x49\x6e\x4f\x6c\x4d\x62\x43\x60\x41\x66\x47\x64\x45\x7a\x5b"
                                    "\x78\x59\x7e\x5f\x7c\x5d\x72\x53\x6b\x48\x69\x4e\x6f\x4c\x6d\x42\x63";
constexpr std::size_t Plain = 3;
constexpr char Mask = 0x2a;

char unmasked(std::size_t at) { return at < Plain ? Masked[at] : static_cast<char>(Masked[at] ^ Mask); }

std::string canary()
{
    std::string text(Masked.size(), ' ');
    for (std::size_t at = 0; at < text.size(); ++at) {
        text[at] = unmasked(at);
    }
    return text;
}

/// How often the canary's second half stands in memory: what is freed loses its beginning to the allocator's
/// lists.
std::size_t copiesInMemory()
{
    const std::size_t from = Masked.size() / 2;
    std::size_t copies = 0;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream fields(line);
        std::size_t begin = 0;
        std::size_t end = 0;
        char dash = 0;
        std::string rights;
        fields >> std::hex >> begin >> dash >> end >> rights;
        if (!rights.starts_with("rw") || line.ends_with("[vvar]")) {
            continue;
        }
        const auto* const first = reinterpret_cast<const char*>(begin); // as the system told it
        for (std::size_t at = 0; at + Masked.size() - from <= end - begin; ++at) {
            std::size_t same = 0;
            while (from + same < Masked.size() && first[at + same] == unmasked(from + same)) {
                ++same;
            }
            copies += from + same == Masked.size() ? 1 : 0;
        }
    }
    return copies;
}

Environment onlyIn(const char* first, const char* second)
{
    return [first, second](const char* name) -> std::optional<std::string> {
        return name == std::string_view(first) || name == std::string_view(second)
            ? std::optional<std::string>(canary())
            : std::nullopt;
    };
}

} // namespace

class WipedSecretsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void a_token_is_wiped_when_it_goes();
    void another_token_in_its_place_leaves_nothing_of_the_first();
    void places_that_are_not_used_leave_nothing();
    void a_token_that_is_refused_leaves_nothing();
    void the_header_line_of_a_request_is_wiped();
    void kept_variables_are_answered_and_inherited_by_nobody();
};

void WipedSecretsTest::initTestCase()
{
    if (Sanitized) {
        QSKIP("A sanitizer keeps what was freed, and terabytes of its own.");
    }
}

void WipedSecretsTest::a_token_is_wiped_when_it_goes()
{
    {
        const HubToken token(canary(), "here");
        QCOMPARE(copiesInMemory(), std::size_t {1}); // so that it would be found
        const HubToken copy
            = token; // NOLINT(performance-unnecessary-copy-initialization): it is what is looked for
        QCOMPARE(copiesInMemory(), std::size_t {2});
    }
    QCOMPARE(copiesInMemory(), std::size_t {0});
}

void WipedSecretsTest::another_token_in_its_place_leaves_nothing_of_the_first()
{
    const HubToken longer(std::string(200, 'n'), "there");
    HubToken token(canary(), "here");
    token = longer;
    QCOMPARE(copiesInMemory(), std::size_t {0});
    HubToken moved(canary(), "here");
    moved = HubToken(std::string(200, 'n'), "there");
    QCOMPARE(copiesInMemory(), std::size_t {0});
}

void WipedSecretsTest::places_that_are_not_used_leave_nothing()
{
    {
        const auto found = findToken(onlyIn("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"), {});
        QVERIFY(found && *found);
        QCOMPARE(copiesInMemory(), std::size_t {1});
    }
    QCOMPARE(copiesInMemory(), std::size_t {0});
}

void WipedSecretsTest::a_token_that_is_refused_leaves_nothing()
{
    const Environment withBlank = [](const char* name) -> std::optional<std::string> {
        return name == std::string_view("HF_TOKEN") ? std::optional<std::string>("a " + canary())
                                                    : std::nullopt;
    };
    QVERIFY(!findToken(withBlank, {}));
    QCOMPARE(copiesInMemory(), std::size_t {0});
}

/// Of a request that finds nobody: what has left by a connection stands in libcurl's own buffers as well.
void WipedSecretsTest::the_header_line_of_a_request_is_wiped()
{
    const auto endpoint = HubEndpoint::parse("http://127.0.0.1:1");
    QVERIFY(endpoint);
    {
        const auto transport = makeCurlTransport(*endpoint, HubToken(canary(), "here"));
        HttpRequest request;
        request.method = "GET";
        request.url = "http://127.0.0.1:1/api/whoami-v2";
        request.authorize = true;
        const HttpOutcome outcome = transport->send(request, {});
        QVERIFY(!outcome.answer);
        QCOMPARE(copiesInMemory(), std::size_t {1}); // the token itself
    }
    QCOMPARE(copiesInMemory(), std::size_t {0});
}

void WipedSecretsTest::kept_variables_are_answered_and_inherited_by_nobody()
{
    QVERIFY(::setenv("HF_TOKEN", "hf_invented", 1) == 0);
    keepTokensFromPrograms();
    QCOMPARE(processEnvironment()("HF_TOKEN").value_or(""), std::string("hf_invented"));
    QVERIFY(std::getenv("HF_TOKEN") == nullptr);
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> child(
        ::popen("printf '%s' \"${HF_TOKEN-none}\"", "r"), ::pclose);
    QVERIFY(child);
    std::array<char, 64> said {};
    QVERIFY(std::fgets(said.data(), said.size(), child.get()) != nullptr);
    QCOMPARE(said.data(), "none");
    // Who sets one later means it.
    QVERIFY(::setenv("HF_TOKEN", "hf_another", 1) == 0);
    QCOMPARE(processEnvironment()("HF_TOKEN").value_or(""), std::string("hf_another"));
}

QTEST_GUILESS_MAIN(WipedSecretsTest)
#include "tst_wiped_secrets.moc"
