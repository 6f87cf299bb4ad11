// SPDX-License-Identifier: Apache-2.0
/// A Hugging Face Hub for tests: on the loopback address, with real content, and able to fail on demand.
#pragma once

#include "tests/support/fake_hub/accounts.h"
#include "tests/support/fake_hub/certificate.h"
#include "tests/support/fake_hub/fault.h"
#include "tests/support/fake_hub/http_message.h"
#include "tests/support/fake_hub/hub_options.h"

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workbench::fakehub {

struct LoggedRequest {
    Port port = Port::Hub;
    std::string method = {};
    std::string target = {}; ///< path and query
    std::string path = {}; ///< undecoded
    int status = 0; ///< 0: there was no answer
    std::uint64_t bodyBytes = 0; ///< received
    bool hadToken = false; ///< an Authorization header
    bool leaked = false; ///< a token where none belongs: at the storage, or in a URL
    std::string fault = {}; ///< its name, when one struck
    std::string userAgent = {};
};

struct FileState {
    std::string sha256; ///< of the real content
    std::uint64_t size = 0;
    bool lfs = false;
    friend auto operator<=>(const FileState&, const FileState&) = default;
};

/// All that a reader could see of a branch: equal before and after means that nothing happened.
struct Snapshot {
    bool exists = false;
    bool isPrivate = false;
    std::string head = {};
    std::map<std::string, FileState> files;
    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

struct CommitInfo {
    std::string id = {};
    std::string title = {};
    std::string message = {};
};

/// Serves from construction to stop(). All methods may be called from any thread while it does.
/// It knows the user lena (who may write in the organization "lab"), the user otto (who may read there), and
/// the tokens below.
class FakeHub {
public:
    static constexpr const char* WriteToken = "hf_fake_write_token_of_lena";
    static constexpr const char* ReadToken = "hf_fake_read_token_of_lena";
    static constexpr const char* FineGrainedToken
        = "hf_fake_fine_grained_token_of_lena"; ///< writes "lab" alone
    static constexpr const char* ReaderToken = "hf_fake_write_token_of_otto"; ///< may write, but not in "lab"
    static constexpr const char* RevokedToken = "hf_fake_revoked_token_of_lena";

    /// With a certificate, both ports speak TLS and url() starts with https.
    explicit FakeHub(HubOptions options = {}, const Tls& tls = {});
    ~FakeHub();
    FakeHub(const FakeHub&) = delete;
    FakeHub& operator=(const FakeHub&) = delete;

    /// What HF_ENDPOINT is set to: "http://127.0.0.1:PORT".
    [[nodiscard]] std::string url() const;
    /// The other port, for large objects: no token may ever get there.
    [[nodiscard]] std::string storageUrl() const;
    /// Wakes what stalls and ends all connections.
    void stop();

    [[nodiscard]] HubOptions options() const;
    void setOptions(const HubOptions& options);
    void add(const User& user);
    void add(const Organization& organization);
    void add(const Token& token);

    // Repositories are named "owner/name" and are data sets. These act at once and are not logged.
    void createRepository(const std::string& id, bool isPrivate = true);
    void deleteRepository(const std::string& id);
    void setPrivate(const std::string& id, bool isPrivate);
    void setGated(const std::string& id, const std::string& mode); ///< "", auto, manual
    void setDisabled(const std::string& id, bool disabled);
    /// Requests for the old name are redirected from now on.
    void rename(const std::string& from, const std::string& to);
    /// What somebody else commits meanwhile. Returns the commit's id.
    std::string commitFiles(const std::string& id, const std::map<std::string, std::string>& files,
        const std::string& title = "Somebody else was here", const std::vector<std::string>& deleted = {},
        bool lfs = false);

    void fail(const Fault& fault);
    void clearFaults();
    /// The batch answers this object with an error.
    void refuseObject(const std::string& oid, int code, const std::string& message);
    /// Every upload URL handed out so far is too old: 403 "Request has expired".
    void expireUploads();

    [[nodiscard]] std::vector<LoggedRequest> requests() const;
    void clearRequests();
    /// How many requests match; an empty method or pattern matches all. `*` is any run of characters.
    [[nodiscard]] std::size_t count(std::string_view method, std::string_view pathPattern) const;
    /// Tokens seen where none belongs.
    [[nodiscard]] std::size_t leaks() const;
    /// Bytes of request bodies received by the storage and in commits.
    [[nodiscard]] std::uint64_t uploadedBytes() const;

    [[nodiscard]] Snapshot snapshot(const std::string& id, const std::string& revision = "main") const;
    /// Newest first, the one made with the repository included.
    [[nodiscard]] std::vector<CommitInfo> commits(
        const std::string& id, const std::string& revision = "main") const;
    /// A file's content; empty when there is no such file.
    [[nodiscard]] std::string content(const std::string& id, const std::string& path) const;

    struct Service;

private:
    std::unique_ptr<Service> m_service;
};

} // namespace workbench::fakehub
