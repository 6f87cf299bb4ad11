// SPDX-License-Identifier: Apache-2.0
/// A line as a tree, or nothing when it is malformed (contract, section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench::oracle {

struct Member;

struct Node {
    enum class Kind { Null, Boolean, Number, String, Array, Object };

    Kind kind = Kind::Null;
    std::string_view raw; ///< as it stood in the line
    std::string text; ///< strings: escapes undone
    std::vector<Member> members;
    std::vector<Node> items;

    /// nullptr when there is no such member or it is null.
    [[nodiscard]] const Node* find(std::string_view key) const;
    /// What a person would be shown of it, before masking.
    [[nodiscard]] std::string_view shown() const
    {
        return kind == Kind::String ? std::string_view(text) : raw;
    }
};

struct Member {
    std::string name;
    Node value;
};

/// Exactly one object, UTF-8, no equal keys in any object, nesting of 64 at most, 16 MiB at most.
[[nodiscard]] std::optional<Node> parseLine(std::string_view line);

} // namespace workbench::oracle
