// SPDX-License-Identifier: Apache-2.0
/// What a struck request gets in place of its answer.
#include "tests/support/fake_hub/service.h"

#include <algorithm>
#include <string_view>

namespace workbench::fakehub {

namespace {

using nlohmann::json;
using How = Delivery::How;

constexpr std::uint64_t HugeSize = 64U << 20;

Response statusAnswer(const Fault& fault)
{
    const int status = fault.status == 0 ? 500 : fault.status;
    const std::string message = fault.message.empty() ? "Something went wrong on purpose" : fault.message;
    Response response = refusal(status, fault.errorCode, message);
    if (fault.retryDateIn) {
        const auto then = std::chrono::system_clock::now() + std::chrono::seconds(*fault.retryDateIn);
        response.set("Retry-After", httpTime(then));
    } else if (!fault.retryAfter.empty()) {
        response.set("Retry-After", fault.retryAfter);
    }
    return response;
}

Response textAnswer(const std::string& type, std::string body, int status = 200)
{
    Response response;
    response.status = status;
    response.set("Content-Type", type);
    response.body = std::move(body);
    return response;
}

std::string hugeArray(std::uint64_t size)
{
    std::string body = "[";
    body.reserve(static_cast<std::size_t>(size) + 64);
    while (body.size() < size) {
        body += R"({"type":"file","oid":"","size":0,"path":"x"},)";
    }
    body += "null]";
    return body;
}

std::string otherDigit(std::string hash)
{
    if (!hash.empty()) {
        hash.back() = hash.back() == '0' ? '1' : '0';
    }
    return hash;
}

/// Every hash of a file becomes another; ids of commits stay.
void changeHashes(json& value)
{
    if (value.is_array()) {
        for (json& item : value) {
            changeHashes(item);
        }
    } else if (value.is_object()) {
        for (const auto& item : value.items()) {
            const bool hash = item.key() == "oid" || item.key() == "sha256" || item.key() == "blobId";
            if (hash && item.value().is_string()) {
                item.value() = otherDigit(item.value().get<std::string>());
            } else {
                changeHashes(item.value());
            }
        }
    }
}

Response withWrongHashes(const Request& request, Response response)
{
    const bool stores = request.method == "PUT" || request.path.find("/commit/") != std::string::npos;
    if (stores) {
        return response; // the routes have stored other bytes
    }
    if (response.content) {
        response.content = corruptedCopy(*response.content);
    }
    for (auto& [name, value] : response.headers) {
        if (name == "X-Linked-Etag" && value.size() > 2) {
            value = "\"" + otherDigit(value.substr(1, value.size() - 2)) + "\"";
        }
    }
    json parsed = json::parse(response.body, nullptr, false);
    if (!parsed.is_discarded()) {
        changeHashes(parsed);
        response.body = parsed.dump();
    }
    return response;
}

} // namespace

bool worksFirst(const Fault& fault)
{
    switch (fault.kind) {
    case FaultKind::StallBody:
    case FaultKind::TruncatedBody:
    case FaultKind::SlowDrip:
    case FaultKind::WrongHash:
    case FaultKind::LostAnswer:
        return true;
    default:
        return fault.afterWork;
    }
}

Response faultedAnswer(
    const Fault& fault, const Request& request, Response worked, const std::string& elsewhere)
{
    Response response;
    switch (fault.kind) {
    case FaultKind::Status:
        return statusAnswer(fault);
    case FaultKind::Stall:
        response.delivery.how = How::Stall;
        return response;
    case FaultKind::LostAnswer:
    case FaultKind::Close:
        response.delivery.how = How::Close;
        return response;
    case FaultKind::Reset:
        response.delivery.how = How::Reset;
        return response;
    case FaultKind::StallBody:
        worked.delivery = {.how = How::Stall, .bytes = std::max<std::uint64_t>(1, fault.bytes)};
        return worked;
    case FaultKind::TruncatedBody:
        worked.delivery = {.how = How::Cut, .bytes = fault.bytes};
        return worked;
    case FaultKind::SlowDrip:
        worked.delivery = {.how = How::Drip, .milliseconds = fault.milliseconds};
        return worked;
    case FaultKind::NotJson:
        return textAnswer("application/json; charset=utf-8", R"({"sha": "unfinished)");
    case FaultKind::LoginPage:
        return textAnswer("text/html; charset=utf-8",
            "<!doctype html><title>Welcome to the hotel</title><form action=/login><input name=room></form>");
    case FaultKind::HugeJson:
        return textAnswer(
            "application/json; charset=utf-8", hugeArray(fault.bytes == 0 ? HugeSize : fault.bytes));
    case FaultKind::WrongHash:
        return withWrongHashes(request, std::move(worked));
    case FaultKind::Redirect:
        response.status = fault.status == 0 ? 302 : fault.status;
        response.set(
            "Location", fault.location.empty() ? elsewhere + "/elsewhere" + request.target : fault.location);
        return response;
    case FaultKind::Answer:
        return textAnswer(fault.contentType, fault.body, fault.status == 0 ? 200 : fault.status);
    }
    return worked;
}

} // namespace workbench::fakehub
