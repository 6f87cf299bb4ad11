// SPDX-License-Identifier: Apache-2.0
/// HttpTransport over libcurl.
#pragma once

#include "core/hub/http.h"

#include <curl/curl.h>

namespace workbench {

class CurlTransport final : public HttpTransport {
public:
    CurlTransport(HubEndpoint endpoint, std::optional<HubToken> token, std::string trustFile);
    ~CurlTransport() override;
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;
    CurlTransport(CurlTransport&&) = delete;
    CurlTransport& operator=(CurlTransport&&) = delete;

    [[nodiscard]] HttpOutcome send(const HttpRequest& request, const std::stop_token& stop) override;

private:
    struct Exchange;
    struct FreeList { // and wipe it: the token stands in one of its lines
        void operator()(curl_slist* list) const;
    };
    using HeaderList = std::unique_ptr<curl_slist, FreeList>;

    void setUp(Exchange& exchange);
    [[nodiscard]] HeaderList headersOf(const HttpRequest& request) const;
    [[nodiscard]] CURLcode perform(Exchange& exchange, const std::stop_token& stop);
    [[nodiscard]] HttpFailure failureOf(CURLcode code, const Exchange& exchange) const;

    HubEndpoint m_endpoint;
    std::optional<HubToken> m_token;
    std::string m_trustFile;
    CURLM* m_multi = nullptr;
    CURL* m_easy = nullptr;
};

} // namespace workbench
