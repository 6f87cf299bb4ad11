// SPDX-License-Identifier: Apache-2.0
#include "tests/support/plain_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <string_view>

namespace workbench {

namespace {

struct Upload {
    std::string_view rest;
};

std::size_t readBody(char* out, std::size_t size, std::size_t count, void* data)
{
    auto& upload = *static_cast<Upload*>(data);
    const std::size_t wanted = std::min(size * count, upload.rest.size());
    upload.rest.copy(out, wanted);
    upload.rest.remove_prefix(wanted);
    return wanted;
}

std::size_t keepBody(char* bytes, std::size_t size, std::size_t count, void* data)
{
    static_cast<PlainAnswer*>(data)->body.append(bytes, size * count);
    return size * count;
}

std::size_t keepHeader(char* bytes, std::size_t size, std::size_t count, void* data)
{
    std::string_view line(bytes, size * count);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(),
            [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ', colon + 1)));
        static_cast<PlainAnswer*>(data)->headers[name] = std::string(line.substr(0, line.find('\r')));
    }
    return size * count;
}

} // namespace

PlainAnswer send(const PlainRequest& request)
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    PlainAnswer answer;
    const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
    CURL* curl = handle.get();
    if (ready != CURLE_OK || curl == nullptr) {
        answer.curlCode = CURLE_FAILED_INIT;
        return answer;
    }
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(nullptr, curl_slist_free_all);
    const auto addHeader
        = [&](const std::string& line) { headers.reset(curl_slist_append(headers.release(), line.c_str())); };
    for (const std::string& line : request.headers) {
        addHeader(line);
    }
    if (!request.token.empty()) {
        addHeader("Authorization: Bearer " + request.token);
    }
    addHeader("Expect:");
    if (request.chunked) {
        addHeader("Transfer-Encoding: chunked");
    }
    Upload upload {request.body};
    std::string trusted = request.trusted;
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keepBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keepHeader);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &answer);
    if (request.method == "HEAD") {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else if (request.method != "GET") {
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, readBody);
        curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
        if (!request.chunked) {
            curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        }
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    if (!request.trusted.empty()) {
        curl_blob pem {.data = trusted.data(), .len = trusted.size(), .flags = CURL_BLOB_COPY};
        curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &pem);
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    answer.curlCode = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

} // namespace workbench
