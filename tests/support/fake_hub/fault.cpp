// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/fault.h"

#include <nlohmann/json.hpp>

#include <array>
#include <stdexcept>
#include <utility>

namespace workbench::fakehub {

namespace {

using Name = std::pair<FaultKind, std::string_view>;
constexpr std::array<Name, 14> Names {{
    {FaultKind::Status, "status"},
    {FaultKind::Stall, "stall"},
    {FaultKind::Close, "close"},
    {FaultKind::Reset, "reset"},
    {FaultKind::StallBody, "stall_body"},
    {FaultKind::TruncatedBody, "truncated_body"},
    {FaultKind::SlowDrip, "slow_drip"},
    {FaultKind::NotJson, "not_json"},
    {FaultKind::LoginPage, "login_page"},
    {FaultKind::HugeJson, "huge_json"},
    {FaultKind::WrongHash, "wrong_hash"},
    {FaultKind::LostAnswer, "lost_answer"},
    {FaultKind::Redirect, "redirect"},
    {FaultKind::Answer, "answer"},
}};

FaultKind kindNamed(const std::string& name)
{
    for (const Name& known : Names) {
        if (known.second == name) {
            return known.first;
        }
    }
    throw std::invalid_argument("no fault is called \"" + name + "\"");
}

} // namespace

Fault Fault::lockedRepository(unsigned times)
{
    return {.method = "POST",
        .path = "/api/*/commit/*",
        .times = times,
        .status = 409,
        .message = "Another commit operation is in progress for this repository. Please try again later."};
}

Fault faultFromJson(const nlohmann::json& json)
{
    if (!json.is_object()) {
        throw std::invalid_argument("a fault is a JSON object");
    }
    Fault fault;
    for (const auto& item : json.items()) {
        const std::string& key = item.key();
        const nlohmann::json& value = item.value();
        if (key == "kind") {
            fault.kind = kindNamed(value.get<std::string>());
        } else if (key == "method") {
            fault.method = value.get<std::string>();
        } else if (key == "path") {
            fault.path = value.get<std::string>();
        } else if (key == "nth") {
            fault.nth = value.get<unsigned>();
        } else if (key == "times") {
            fault.times = value.get<unsigned>();
        } else if (key == "status") {
            fault.status = value.get<int>();
        } else if (key == "after_work") {
            fault.afterWork = value.get<bool>();
        } else if (key == "message") {
            fault.message = value.get<std::string>();
        } else if (key == "error_code") {
            fault.errorCode = value.get<std::string>();
        } else if (key == "retry_after") {
            fault.retryAfter = value.is_string() ? value.get<std::string>() : value.dump();
        } else if (key == "retry_date_in") {
            fault.retryDateIn = value.get<int>();
        } else if (key == "rate_limit_reset") {
            fault.rateLimitReset = value.get<unsigned>();
        } else if (key == "bytes") {
            fault.bytes = value.get<std::uint64_t>();
        } else if (key == "milliseconds") {
            fault.milliseconds = value.get<unsigned>();
        } else if (key == "location") {
            fault.location = value.get<std::string>();
        } else if (key == "body") {
            fault.body = value.get<std::string>();
        } else if (key == "content_type") {
            fault.contentType = value.get<std::string>();
        } else {
            throw std::invalid_argument("a fault has no \"" + key + "\"");
        }
    }
    return fault;
}

std::string_view nameOf(FaultKind kind)
{
    for (const Name& known : Names) {
        if (known.first == kind) {
            return known.second;
        }
    }
    return "";
}

bool matchesPattern(std::string_view pattern, std::string_view text)
{
    // The last star may be asked to take one more character; earlier ones never need to.
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            starText = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++starText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

std::optional<Fault> FaultPlan::strike(std::string_view method, std::string_view path)
{
    std::optional<Fault> struck;
    for (Waiting& waiting : m_waiting) {
        const Fault& fault = waiting.fault;
        if ((!fault.method.empty() && fault.method != method)
            || (!fault.path.empty() && !matchesPattern(fault.path, path))) {
            continue;
        }
        ++waiting.seen;
        const bool due
            = waiting.seen >= fault.nth && (fault.times == 0 || waiting.seen - fault.nth < fault.times);
        if (due && !struck) {
            struck = fault;
        }
    }
    return struck;
}

} // namespace workbench::fakehub
