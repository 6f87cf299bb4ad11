// SPDX-License-Identifier: Apache-2.0
/// Who may do what: users, organizations and tokens of the fake Hub.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace workbench::fakehub {

struct Token {
    std::string value = {};
    std::string user = {};
    std::string role = "write"; ///< read, contributor, write, admin, fineGrained
    std::set<std::string> writes
        = {}; ///< fineGrained: the repositories ("lab/x") or namespaces ("lab") it may write
    std::set<std::string> reads = {}; ///< fineGrained: the private ones it may read without writing
    bool revoked = false;
};

struct User {
    std::string name = {};
    std::map<std::string, std::string> organizations = {}; ///< name to role: read, contributor, write, admin
};

struct Organization {
    std::string name = {};
    bool privateByDefault = false; ///< of repositories created without a visibility
    bool forbidsPublic = false; ///< creating a public one is refused
};

/// Whom a request comes from.
struct Caller {
    enum class Kind : std::uint8_t { Anonymous, Invalid, Known };
    Kind kind = Kind::Anonymous;
    const Token* token = nullptr; ///< of a known one, as `user`
    const User* user = nullptr;
};

struct Accounts {
    std::map<std::string, User> users;
    std::map<std::string, Organization> organizations;
    std::map<std::string, Token> tokens; ///< by value

    /// Reads an Authorization header: Bearer, or Basic with the token as password.
    [[nodiscard]] Caller callerOf(std::string_view authorization) const;
    [[nodiscard]] bool mayRead(const Caller& caller, const std::string& owner, const std::string& id) const;
    [[nodiscard]] bool mayWrite(const Caller& caller, const std::string& owner, const std::string& id) const;
    [[nodiscard]] bool namespaceExists(const std::string& name) const;
};

} // namespace workbench::fakehub
