// SPDX-License-Identifier: Apache-2.0
/// A request as it came and an answer as it will go, without any HTTP library in sight.
#pragma once

#include "tests/support/fake_hub/content.h"
#include "tests/support/fake_hub/fault.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbench::fakehub {

/// Takes a request's body as it arrives.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual void write(std::string_view bytes) = 0;
};

/// A small body, kept. What comes after 8 MiB is dropped and remembered as too much.
class TextBody final : public BodySink {
public:
    void write(std::string_view bytes) override;
    std::string text;
    bool tooLong = false;
};

class StoredBody final : public BodySink {
public:
    explicit StoredBody(ContentWriter empty) : writer(std::move(empty)) {}
    void write(std::string_view bytes) override { writer.write(bytes); }
    ContentWriter writer;
};

enum class Port : std::uint8_t { Hub, Storage };

struct Request {
    Port port = Port::Hub;
    std::string method;
    std::string target; ///< path and query, byte for byte
    std::string path; ///< the target up to its '?', still encoded
    std::vector<std::string> segments; ///< of the path, each decoded once
    std::vector<std::pair<std::string, std::string>> query; ///< decoded
    std::map<std::string, std::string> headers; ///< names in lower case
    std::uint64_t bodyBytes = 0; ///< received
    std::unique_ptr<BodySink> body; ///< none: dropped
    std::optional<Fault> fault; ///< what shall go wrong with this request
    bool logged = false;

    [[nodiscard]] std::string header(const std::string& name) const;
    [[nodiscard]] std::string queryValue(std::string_view name) const;
    [[nodiscard]] bool queryFlag(std::string_view name) const;
    /// The body's text when it was kept; empty otherwise.
    [[nodiscard]] std::string_view bodyText() const;
};

/// How an answer travels.
struct Delivery {
    enum class How : std::uint8_t {
        Whole,
        Stall, ///< never, or after `bytes` of the body no more
        Close, ///< no answer, the connection ends in order
        Reset, ///< no answer, the connection is reset
        Cut, ///< the connection ends after `bytes` of the body
        Drip, ///< a byte every `milliseconds`
    };
    How how = How::Whole;
    std::uint64_t bytes = 0;
    unsigned milliseconds = 0;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::shared_ptr<const Content> content; ///< in place of `body` when there is one
    std::uint64_t from = 0; ///< the first byte of `content` to send
    std::uint64_t length = 0; ///< and how many
    Delivery delivery;

    void set(const std::string& name, std::string value);
};

[[nodiscard]] std::string percentDecoded(std::string_view text, bool plusIsSpace = false);
/// Nothing left unencoded but letters, digits and -._~
[[nodiscard]] std::string percentEncoded(std::string_view text);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parseForm(std::string_view text);
/// Fills path, segments and query from the target.
void splitTarget(Request& request);

} // namespace workbench::fakehub
