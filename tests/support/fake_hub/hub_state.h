// SPDX-License-Identifier: Apache-2.0
/// Everything the fake Hub knows, and what its routes share. Guarded by one mutex.
#pragma once

#include "tests/support/fake_hub/accounts.h"
#include "tests/support/fake_hub/fake_hub.h"
#include "tests/support/fake_hub/fault.h"
#include "tests/support/fake_hub/http_message.h"
#include "tests/support/fake_hub/hub_options.h"
#include "tests/support/fake_hub/repository.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace workbench::fakehub {

/// A large object on its way into a repository.
struct Upload {
    std::string repository = {}; ///< key, as in HubState::repositories
    std::string oid = {};
    std::uint64_t size = 0;
    std::uint64_t chunkSize = 0; ///< 0: in one piece
    std::map<unsigned, std::shared_ptr<const Content>> parts = {};
    bool expired = false;
    bool corrupted = false; ///< a fault changed its bytes on purpose
    bool complete = false;
};

/// Where a signed storage URL leads.
struct UploadTarget {
    std::string upload = {}; ///< its id
    unsigned part = 0; ///< 0: the whole object
};

struct HubState {
    std::mutex mutex;
    HubOptions options;
    Accounts accounts;
    std::map<std::string, Repository> repositories; ///< by "dataset/owner/name"
    std::map<std::string, std::string> moved; ///< old key to new key
    std::map<std::string, Upload> uploads; ///< by id
    std::map<std::string, UploadTarget> uploadTargets; ///< by target, byte for byte
    std::map<std::string, std::string> completionTargets; ///< target to upload id
    std::map<std::string, std::shared_ptr<const Content>> downloads; ///< by target
    std::map<std::string, std::pair<int, std::string>> refusedObjects; ///< oid to code and message
    std::map<std::string, unsigned> rateUsed; ///< by bucket
    std::chrono::steady_clock::time_point rateWindow;
    FaultPlan faults;
    std::vector<LoggedRequest> log;
    std::string hubUrl = {};
    std::string storageUrl = {};
};

/// One request to the Hub's own port, with whom it is from. The state is locked while it lives.
struct Call {
    HubState& state;
    Request& request;
    Caller caller;
};

/// A repository, or the answer why it cannot be had.
struct Opened {
    Repository* repository = nullptr;
    Response refusal = {};
};

[[nodiscard]] std::string repositoryKey(std::string_view type, std::string_view id);
/// Finds a repository that the caller may see. Moved ones are redirected.
[[nodiscard]] Opened openRepository(Call& call, const std::string& type, const std::string& id);
/// A refusal unless the caller may write.
[[nodiscard]] std::optional<Response> refuseToWrite(const Call& call, const Repository& repository);

[[nodiscard]] Response jsonAnswer(const nlohmann::json& json, int status = 200);
/// X-Error-Code (unless empty), X-Error-Message and {"error": message}.
[[nodiscard]] Response refusal(int status, const std::string& code, const std::string& message);
[[nodiscard]] Response revisionNotFound(const std::string& revision);
[[nodiscard]] Response entryNotFound(const std::string& commit);
/// A wrong URL: no code, no JSON.
[[nodiscard]] Response nothingHere();
/// The body as a JSON object; none when it is anything else.
[[nodiscard]] std::optional<nlohmann::json> jsonBody(const Request& request);
[[nodiscard]] Response badRequest(const std::string& what);
/// The host that Hub URLs in answers start with.
[[nodiscard]] std::string answeredHost(const HubState& state);
/// The content, or the range of it that was asked for.
[[nodiscard]] Response contentAnswer(const Request& request, std::shared_ptr<const Content> content);
/// "datasets" for "dataset".
[[nodiscard]] std::string plural(const std::string& type);

// The routes. `rest` is what follows the repository in the path.
using Rest = std::vector<std::string>;
[[nodiscard]] Response whoAmI(Call& call);
[[nodiscard]] Response validateYaml(Call& call);
[[nodiscard]] Response createRepository(Call& call);
[[nodiscard]] Response deleteRepository(Call& call);
[[nodiscard]] Response repositoryInfo(Call& call, Repository& repository, const Rest& rest);
[[nodiscard]] Response repositorySettings(Call& call, Repository& repository);
[[nodiscard]] Response listRefs(const Repository& repository);
[[nodiscard]] Response createBranch(Call& call, Repository& repository, const std::string& name);
[[nodiscard]] Response listCommits(Call& call, Repository& repository, const std::string& revision);
[[nodiscard]] Response listTree(Call& call, Repository& repository, const Rest& rest);
[[nodiscard]] Response pathsInfo(Call& call, Repository& repository, const std::string& revision);
[[nodiscard]] Response preupload(Call& call, Repository& repository, const std::string& revision);
[[nodiscard]] Response lfsBatch(Call& call, Repository& repository);
[[nodiscard]] Response lfsVerify(Call& call, Repository& repository);
[[nodiscard]] Response completeMultipart(Call& call);
[[nodiscard]] Response commit(Call& call, Repository& repository, const std::string& revision);
[[nodiscard]] Response resolve(Call& call, Repository& repository, const Rest& rest);
[[nodiscard]] Response resolveCached(Call& call, Repository& repository, const Rest& rest);
[[nodiscard]] Response storage(HubState& state, Request& request);
[[nodiscard]] Response route(Call& call);
/// What is wrong with the YAML block of a card; empty when nothing is (or when there is no block).
[[nodiscard]] std::vector<std::string> cardFaults(std::string_view readme);
/// Why a path cannot stand in a repository; empty when it can.
[[nodiscard]] std::string pathFault(std::string_view path);
/// The same content with its first byte changed.
[[nodiscard]] std::shared_ptr<const Content> corruptedCopy(const Content& content);

} // namespace workbench::fakehub
