// SPDX-License-Identifier: Apache-2.0
/// What shall go wrong, and with which request.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench::fakehub {

enum class FaultKind : std::uint8_t {
    Status, ///< answers `status` with a JSON error
    Stall, ///< never answers; with `bytes`, stops reading after so many of the request's body
    Close, ///< ends the connection without an answer
    Reset, ///< resets the connection; with `bytes`, after so many of the request's body
    StallBody, ///< answers, and stops after `bytes` of the answer's body
    TruncatedBody, ///< answers, and ends the connection after `bytes` of the answer's body
    SlowDrip, ///< answers a byte every `milliseconds`
    NotJson, ///< 200, says it is JSON and is not
    LoginPage, ///< 200 with a captive portal's HTML
    HugeJson, ///< 200 with a JSON array of `bytes` bytes (64 MiB unless told)
    WrongHash, ///< uploads and commits: other bytes are stored; elsewhere: other hashes are answered
    LostAnswer, ///< does the work, then ends the connection without an answer
    Redirect, ///< answers `status` (302) with `location`, by default another host
    Answer, ///< answers `status` (200) with `body`, whatever it is
};

/// Every field has a sense of its own; the rest of a designated initialiser can stay away.
struct Fault {
    FaultKind kind = FaultKind::Status;
    std::string method = {}; ///< empty: any
    std::string path = {}; ///< of the undecoded path; `*` is any run of characters, empty is any path
    unsigned nth = 1; ///< the first matching request that it strikes, counted from 1
    unsigned times = 1; ///< how many it strikes from there on; 0: for ever
    int status = 0; ///< 0: what is usual for the kind (Status 500, Redirect 302, Answer 200)
    bool afterWork = false; ///< does the work before it fails, as a server that died too late
    std::string message = {}; ///< of Status
    std::string errorCode = {}; ///< X-Error-Code of Status
    std::string retryAfter = {}; ///< Retry-After as it stands, seconds or a date
    std::optional<int> retryDateIn = {}; ///< Retry-After as a date so many seconds from now
    std::optional<unsigned> rateLimitReset = {}; ///< RateLimit says r=0 and t=this
    std::uint64_t bytes = 0;
    unsigned milliseconds = 20; ///< of SlowDrip
    std::string location = {}; ///< of Redirect
    std::string body = {}; ///< of Answer
    std::string contentType = "application/json"; ///< of Answer

    /// The 409 of a repository that somebody else is committing to.
    [[nodiscard]] static Fault lockedRepository(unsigned times = 1);
};

/// {"kind":"status","method":"POST","path":"/api/*/commit/*","status":500,…}: keys are those of the struct.
/// Throws std::invalid_argument naming what it does not know.
[[nodiscard]] Fault faultFromJson(const nlohmann::json& json);
[[nodiscard]] std::string_view nameOf(FaultKind kind);

/// `*` is any run of characters, everything else itself.
[[nodiscard]] bool matchesPattern(std::string_view pattern, std::string_view text);

/// The faults that wait, each with its count of matching requests. Not for several threads at once.
class FaultPlan {
public:
    void add(Fault fault) { m_waiting.push_back({std::move(fault), 0}); }
    void clear() { m_waiting.clear(); }
    /// Counts the request under every fault that it matches; the first one that strikes is answered.
    [[nodiscard]] std::optional<Fault> strike(std::string_view method, std::string_view path);

private:
    struct Waiting {
        Fault fault;
        unsigned seen = 0;
    };
    std::vector<Waiting> m_waiting;
};

} // namespace workbench::fakehub
