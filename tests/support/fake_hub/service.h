// SPDX-License-Identifier: Apache-2.0
/// Takes requests from both ports: faults, routes, rate limits and the log.
#pragma once

#include "tests/support/fake_hub/fake_hub.h"
#include "tests/support/fake_hub/http_server.h"
#include "tests/support/fake_hub/hub_state.h"

#include <memory>

namespace workbench::fakehub {

struct FakeHub::Service final : RequestHandler {
    Service(FakeHub& owner, const HubOptions& options, const Tls& tls);

    void begin(Request& request) override;
    [[nodiscard]] Response answer(Request& request) override;
    void lost(Request& request) override;

    FakeHub& hub; ///< whom the control endpoint commands
    HubState state;
    // Last: their threads use all of the above.
    std::unique_ptr<HttpServer> storageServer;
    std::unique_ptr<HttpServer> hubServer;

private:
    [[nodiscard]] Response work(Request& request);
    void note(Request& request, int status);
    void stamp(const Request& request, Response& response);
};

/// POST /__control with {"command": …}: what FakeHub's methods do, for programs.
[[nodiscard]] Response control(FakeHub& hub, const Request& request);
constexpr const char* ControlPath = "/__control";

/// Changes the answer as the fault says. `worked` is what the route answered, when it was asked.
[[nodiscard]] Response faultedAnswer(
    const Fault& fault, const Request& request, Response worked, const std::string& elsewhere);
/// True when the work is done before the fault strikes.
[[nodiscard]] bool worksFirst(const Fault& fault);

} // namespace workbench::fakehub
