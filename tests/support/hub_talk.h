// SPDX-License-Identifier: Apache-2.0
/// The protocol's own examples as calls, for tests of the fake Hub itself.
#pragma once

#include "tests/support/fake_hub/fake_hub.h"
#include "tests/support/plain_client.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbench {

/// Speaks to one fake Hub, as lena unless `token` says otherwise.
struct HubTalk {
    fakehub::FakeHub& hub;
    std::string token = fakehub::FakeHub::WriteToken;

    [[nodiscard]] PlainAnswer get(const std::string& path, std::vector<std::string> headers = {}) const;
    [[nodiscard]] PlainAnswer post(const std::string& path, const nlohmann::json& body) const;
    [[nodiscard]] PlainAnswer create(
        const std::string& name, const std::string& visibility = "private") const;
    /// The answer's entry for one file of `size` bytes whose sample is `sample`.
    [[nodiscard]] nlohmann::json preupload(
        const std::string& id, const std::string& path, std::string_view content) const;
    /// The answer's entry for one object.
    [[nodiscard]] nlohmann::json batch(const std::string& id, const std::string& content,
        const std::vector<std::string>& transfers = {"basic", "multipart"}) const;
    /// A PUT without a token, as storage wants it.
    [[nodiscard]] PlainAnswer put(const std::string& url, const std::string& content) const;
    /// Batch and PUT. False when the Hub did not take it.
    [[nodiscard]] bool store(const std::string& id, const std::string& content) const;
    /// PUTs the parts of a batch entry; returns what the completion has to say.
    [[nodiscard]] nlohmann::json putParts(const nlohmann::json& object, const std::string& content) const;
    [[nodiscard]] PlainAnswer complete(const nlohmann::json& object, const nlohmann::json& body) const;
    /// The lines are joined with LF.
    [[nodiscard]] PlainAnswer commit(const std::string& id, const std::vector<nlohmann::json>& lines,
        const std::string& revision = "main") const;
};

[[nodiscard]] nlohmann::json headerLine(const std::string& summary, const std::string& parentCommit = {});
[[nodiscard]] nlohmann::json fileLine(const std::string& path, const std::string& content);
[[nodiscard]] nlohmann::json lfsLine(const std::string& path, const std::string& content);
[[nodiscard]] nlohmann::json deletedLine(const std::string& key, const std::string& path);
[[nodiscard]] std::string base64(std::string_view bytes);
[[nodiscard]] std::string sha256(std::string_view bytes);

} // namespace workbench
