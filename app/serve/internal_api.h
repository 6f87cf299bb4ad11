// SPDX-License-Identifier: GPL-3.0-or-later
/// The internal API (contract, section 8): a request in, an answer out. No socket.
#pragma once

#include "app/serve/access.h"
#include "app/serve/export_order.h"
#include "app/serve/http_message.h"
#include "core/job/job_queue.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace workbench {

struct ApiSettings {
    BoundTo bound;
    std::optional<AccessToken> token;
    OrderDefaults defaults;
};

/// All functions may be called from many threads at once. What is wrong is answered in this order, so that
/// each answer tells no more than the one before allowed: 403 foreign Host or Origin; 400 a length told
/// twice; 404 no such path, or without `internal=1`; 401 no token; 405 another method; 413 a body that is too
/// large; 400 what cannot be understood; 404, 409, 429, 503 for what the queue says.
class InternalApi {
public:
    InternalApi(JobQueue& queue, ApiSettings settings);

    /// The answer when the body does not matter any more: everything up to 405. Nothing when it does.
    [[nodiscard]] std::optional<ApiResponse> refuse(const ApiRequest& request) const;
    /// Never throws.
    [[nodiscard]] ApiResponse answer(const ApiRequest& request) const noexcept;

    static constexpr std::size_t MostBody = std::size_t {64} << 10;

private:
    using Parameters = HttpFields;
    using Handler = ApiResponse (InternalApi::*)(const ApiRequest&, const Parameters&) const;

    struct Route {
        std::string_view path;
        std::string_view method;
        bool internal; ///< asks for internal=1
        bool guarded; ///< asks for the token
        Handler handler;
        std::string_view parameter; ///< the one it takes besides `internal`; may be empty
    };

    static const std::array<Route, 7> Routes;
    /// The route, or the refusal.
    struct Found {
        const Route* route = nullptr;
        std::optional<ApiResponse> refusal;
        Parameters query;
    };
    [[nodiscard]] Found find(const ApiRequest& request) const;
    [[nodiscard]] ApiResponse handle(const ApiRequest& request) const;

    [[nodiscard]] ApiResponse postExport(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse getStatus(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse getJobs(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse postCancel(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse getDescription(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse getHealth(const ApiRequest& request, const Parameters& query) const;
    [[nodiscard]] ApiResponse getMetrics(const ApiRequest& request, const Parameters& query) const;

    JobQueue& m_queue;
    ApiSettings m_settings;
};

/// The OpenAPI 3 document that is served and shipped.
[[nodiscard]] std::string_view openApiDocument();

} // namespace workbench
