// SPDX-License-Identifier: Apache-2.0
/// The Hub's calls, a function each (hub protocol, sections 4 to 11).
#pragma once

#include "core/base/clock.h"
#include "core/hub/commit_body.h"
#include "core/hub/http.h"
#include "core/hub/retry_delay.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace workbench {

/// What a caller can do about a call that did not go well.
enum class HubFault : std::uint8_t {
    Cancelled,
    Offline, ///< nobody answers; nothing was sent
    Untrusted, ///< the certificate or the address is not to be trusted; nothing was sent
    BadToken, ///< 401: the token is not known
    NotAllowed, ///< 403: the token may not do this, or the repository is disabled
    Gated, ///< exists; access has to be asked for
    NotFound, ///< absent, or private and not ours
    Moved, ///< the repository has another name now
    Locked, ///< 409: somebody else commits just now; nothing happened
    Stale, ///< 412: the parent is no longer the head; nothing happened
    RateLimited, ///< 429, after waiting as asked, or at the commit at once: nothing happened
    Refused, ///< any other 4xx: as it is it will never be taken
    ServerTrouble, ///< 5xx, a broken connection: a change may or may not have happened
    NotAHub, ///< the answer is no Hub's: a login page, a proxy, text that is no JSON
    LocalFile, ///< a file of ours could not be read
};

struct HubError {
    HubFault fault = HubFault::ServerTrouble;
    std::string message; ///< one sentence; holds no token
    int status = 0; ///< 0: there was no answer
    std::string request {}; ///< the Hub's name for it, for its support; stands in the message too
    std::optional<std::chrono::milliseconds> askedWait {}; ///< the server wants to be left alone for so long
};

/// A T or a HubError.
template <class T> struct HubResult {
    std::optional<T> value;
    HubError error;

    explicit operator bool() const { return value.has_value(); }
    T& operator*() { return *value; }
    const T& operator*() const { return *value; }
    T* operator->() { return &*value; }
    const T* operator->() const { return &*value; }
};

struct HubUser {
    std::string name;
    std::string role; ///< "read", "write", "admin", "fineGrained", …; empty when it was not told

    std::map<std::string, std::string> organizations; ///< name → role in it, empty when it was not told
    bool organizationsTold = false; ///< the list is whole; without one nothing follows from a name's absence

    /// True when the token can certainly not write. A fine-grained token's rights cannot be read off.
    [[nodiscard]] bool readOnly() const { return role == "read"; }
    /// True when the token can do all that its owner can, in every repository.
    [[nodiscard]] bool writesEverywhere() const { return role == "write" || role == "admin"; }
    /// Whether it may write to OWNER/NAME, as far as the Hub tells; nothing when only trying would show.
    [[nodiscard]] std::optional<bool> mayWriteTo(const std::string& repo) const;
    /// The same of a repository that is not there yet: who makes one needs a place in its namespace.
    [[nodiscard]] std::optional<bool> mayCreate(const std::string& repo) const;
};

struct RepoInfo {
    std::string id;
    std::optional<bool> isPrivate; ///< unknown when the answer does not say
    bool disabled = false;
    std::string head; ///< 40 hex digits
};

struct RemoteFile {
    std::uint64_t size = 0;
    std::string gitBlob;
    std::string sha256; ///< LFS files only
};

using RemoteTree = std::map<std::string, RemoteFile>; ///< by path; files only

struct UploadMode {
    bool lfs = false;
    bool ignored = false;
};

struct LfsObject {
    std::string sha256;
    std::uint64_t bytes = 0;
};

/// What the Hub wants done for one object; nothing to do when `href` is empty.
struct LfsUpload {
    std::string href;
    std::vector<HttpHeader> headers; ///< of a basic upload
    std::uint64_t chunkBytes = 0; ///< 0: basic
    std::vector<std::string> parts; ///< URLs in order of the parts
    std::string verifyHref;
};

struct CommitTitle {
    std::string id;
    std::string title;
    std::string message;
};

/// Waits; false when stopped meanwhile. Handed in so that tests need not wait.
using Waiter = std::function<bool(std::chrono::milliseconds, const std::stop_token&)>;
[[nodiscard]] Waiter realWaiter();

/// Told before each wait: why and how long, for a person who watches.
using WaitNotice = std::function<void(const std::string& why, std::chrono::milliseconds howLong)>;

struct HubClientOptions {
    HubEndpoint endpoint;
    std::optional<HubToken> token; ///< for redaction; the transport has its own
    HttpTransport* transport = nullptr;
    Waiter waiter;
    WaitNotice onWait; ///< may be empty
    std::chrono::milliseconds stall {60'000}; ///< silence after which a request is given up
    std::chrono::milliseconds commitStall {180'000}; ///< the Hub works up to a minute before it says a word
    /// When set: no call is tried again once its tries and waits would take longer, for a person waits.
    std::optional<std::chrono::milliseconds> patience {};
    Clock clock = systemClock(); ///< against which a date is counted whose sender names none of its own
};

/// Not thread-safe. Requests but the commit are tried again as section 10.2 says: 5 times after the first, 1
/// to 8 s apart with jitter, `Retry-After` (seconds or a date) and `RateLimit` obeyed, no single wait over
/// 300 s. A redirect is followed at most 5 times; the token never crosses to another origin. Only a published
/// file's content may come from another host; what is written goes to the repository that was asked about, or
/// nowhere. No request lasts longer than five times the silence that is allowed, and a second for each 16 KiB
/// that it sends. The token is taken out of whatever a server sends back, before anybody reads it.
class HubClient {
public:
    explicit HubClient(HubClientOptions options) : m_options(std::move(options)) {}

    [[nodiscard]] HubResult<HubUser> whoami(const std::stop_token& stop);
    [[nodiscard]] HubResult<RepoInfo> repoInfo(const std::string& repo, const std::stop_token& stop);
    /// Existing already is no error: ask repoInfo() what it is.
    [[nodiscard]] HubResult<bool> createRepo(
        const std::string& repo, bool isPrivate, const std::string& ownName, const std::stop_token& stop);
    [[nodiscard]] HubResult<RemoteTree> tree(
        const std::string& repo, const std::string& revision, const std::stop_token& stop);
    [[nodiscard]] HubResult<std::map<std::string, UploadMode>> preupload(const std::string& repo,
        const std::string& branch, const std::vector<CommitFile>& files, const std::stop_token& stop);
    /// One entry an object, in the order given. Asks for fewer at a time when the Hub finds them too many.
    [[nodiscard]] HubResult<std::vector<LfsUpload>> lfsBatch(const std::string& repo,
        const std::string& branch, const std::vector<LfsObject>& objects, const std::stop_token& stop);
    /// A PUT of a body to storage; the ETag of the answer. Not the token's business.
    [[nodiscard]] HubResult<std::string> put(const std::string& url, const std::vector<HttpHeader>& headers,
        HttpBody& body, const std::function<void(std::uint64_t)>& sent, const std::stop_token& stop);
    [[nodiscard]] HubResult<bool> completeMultipart(const std::string& href, const std::string& sha256,
        const std::vector<std::string>& etags, const std::stop_token& stop);
    [[nodiscard]] HubResult<bool> verifyUpload(
        const std::string& href, const LfsObject& object, const std::stop_token& stop);
    /// Sent once, never again by itself: who calls knows what an unknown outcome means, and asks first
    /// whether the repository is still private. The new revision.
    [[nodiscard]] HubResult<std::string> commit(const std::string& repo, const std::string& branch,
        const CommitRequest& request, const std::function<void(std::uint64_t)>& sent,
        const std::stop_token& stop);
    /// Newest first; one page.
    [[nodiscard]] HubResult<std::vector<CommitTitle>> commits(
        const std::string& repo, const std::string& revision, const std::stop_token& stop);
    /// A small file's content at a revision.
    [[nodiscard]] HubResult<std::string> fetch(const std::string& repo, const std::string& revision,
        const std::string& path, std::uint64_t limit, const std::stop_token& stop);

    /// From now on one try and little patience: for a last look after a person has cancelled.
    void hurry();

    [[nodiscard]] const HubEndpoint& endpoint() const { return m_options.endpoint; }
    /// Waits between two looks at something that changes by itself.
    [[nodiscard]] bool wait(
        const std::string& why, std::chrono::milliseconds howLong, const std::stop_token& stop);

private:
    struct Call {
        HttpRequest request;
        const char* what = ""; ///< "listing the repository", for messages
        bool mayLeave = false; ///< a redirect to another host is followed, without the token
        bool toStorage = false;
    };

    [[nodiscard]] HubResult<HttpAnswer> send(Call call, const std::stop_token& stop);
    [[nodiscard]] HubResult<HttpAnswer> sendFollowing(Call& call, const std::stop_token& stop);
    [[nodiscard]] HubError errorOf(const HttpAnswer& answer, const Call& call) const;
    /// Why a redirect is not to be followed; nothing when it is.
    [[nodiscard]] std::optional<HubError> refusedRedirect(
        const HttpRequest& request, int status, const std::string& target, const Call& call) const;
    void keepTokenOut(HttpAnswer& answer) const;
    [[nodiscard]] Call plainCall(const char* method, const std::string& url, const char* what) const;
    [[nodiscard]] Call hubCall(const char* method, const std::string& path, const char* what) const;

    static constexpr int LongestOverStall = 5; ///< a request that trickles on and on is given up too

    HubClientOptions m_options;
    int m_retries = MaxRetries;
};

} // namespace workbench
