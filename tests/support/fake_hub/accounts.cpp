// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/accounts.h"

#include "tests/support/fake_hub/digest.h"

namespace workbench::fakehub {

namespace {

/// The role that the user has on a namespace: "admin" on the own one, "" on a stranger's.
std::string roleOn(const User& user, const std::string& owner)
{
    if (user.name == owner) {
        return "admin";
    }
    const auto found = user.organizations.find(owner);
    return found == user.organizations.end() ? std::string() : found->second;
}

} // namespace

Caller Accounts::callerOf(std::string_view authorization) const
{
    if (authorization.empty()) {
        return {};
    }
    std::string value;
    if (authorization.starts_with("Bearer ")) {
        value = authorization.substr(7);
    } else if (authorization.starts_with("Basic ")) {
        const auto pair = decodeBase64(authorization.substr(6));
        const std::size_t colon = pair ? pair->find(':') : std::string::npos;
        value = colon == std::string::npos ? std::string() : pair->substr(colon + 1);
    }
    const auto token = tokens.find(value);
    if (token == tokens.end() || token->second.revoked) {
        return {.kind = Caller::Kind::Invalid};
    }
    const auto user = users.find(token->second.user);
    if (user == users.end()) {
        return {.kind = Caller::Kind::Invalid};
    }
    return {.kind = Caller::Kind::Known, .token = &token->second, .user = &user->second};
}

bool Accounts::mayRead(const Caller& caller, const std::string& owner, const std::string& id) const
{
    if (caller.kind != Caller::Kind::Known || roleOn(*caller.user, owner).empty()) {
        return false;
    }
    return caller.token->role != "fineGrained" || caller.token->reads.contains(id)
        || caller.token->reads.contains(owner) || mayWrite(caller, owner, id);
}

bool Accounts::mayWrite(const Caller& caller, const std::string& owner, const std::string& id) const
{
    if (caller.kind != Caller::Kind::Known) {
        return false;
    }
    const std::string role = roleOn(*caller.user, owner);
    if (role != "admin" && role != "write" && role != "contributor") {
        return false;
    }
    if (caller.token->role == "fineGrained") {
        return caller.token->writes.contains(id) || caller.token->writes.contains(owner);
    }
    return caller.token->role != "read";
}

bool Accounts::namespaceExists(const std::string& name) const
{
    return users.contains(name) || organizations.contains(name);
}

} // namespace workbench::fakehub
