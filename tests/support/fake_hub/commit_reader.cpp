// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_hub/commit_reader.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace workbench::fakehub {

namespace {

using nlohmann::json;

/// A member that has to be a string; "" when absent.
std::string textOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? std::string() : found->get<std::string>();
}

} // namespace

CommitBody::CommitBody(std::uint64_t regularLimit, std::uint64_t spillAbove)
    : m_regularLimit(regularLimit)
    , m_spillAbove(spillAbove)
{
}

void CommitBody::write(std::string_view bytes)
{
    // Base64 of the largest file allowed, and room for its path.
    const std::uint64_t longest = m_regularLimit / 3 * 4 + (64U << 10);
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, bytes.find('\n'));
        const bool ends = piece.size() < bytes.size();
        bytes.remove_prefix(piece.size() + (ends ? 1 : 0));
        m_tooLong = m_tooLong || m_line.size() + piece.size() > longest;
        if (m_tooLong) {
            m_line.clear();
        } else {
            m_line += piece;
        }
        if (ends) {
            takeLine();
        }
    }
}

void CommitBody::finish()
{
    if (m_tooLong || !m_line.empty()) {
        takeLine();
    }
    if (fault.empty() && !m_hasHeader) {
        fault = "The first line of a commit is its header";
    }
}

void CommitBody::takeLine()
{
    const std::string line = std::exchange(m_line, std::string());
    const bool tooLong = std::exchange(m_tooLong, false);
    const std::string where = "line " + std::to_string(m_lineNumber++) + ": ";
    if (!fault.empty()) {
        return;
    }
    if (tooLong) {
        fault = where + "files larger than 10 MiB must be stored with git-lfs";
        return;
    }
    if (line.empty()) {
        return;
    }
    try {
        const json parsed = json::parse(line);
        const std::string key = parsed.at("key").get<std::string>();
        const json& value = parsed.at("value");
        if (key == "header") {
            takeHeader(value);
        } else if (!m_hasHeader) {
            fault = "The first line of a commit is its header";
        } else {
            takeOperation(key, value);
        }
    } catch (const json::exception&) {
        fault = "this is not an operation in JSON";
    }
    if (!fault.empty()) {
        fault.insert(0, where);
    }
}

void CommitBody::takeHeader(const json& value)
{
    if (m_hasHeader) {
        fault = "a commit has one header";
        return;
    }
    m_hasHeader = true;
    summary = textOf(value, "summary");
    description = textOf(value, "description");
    parentCommit = textOf(value, "parentCommit");
    if (std::all_of(
            summary.begin(), summary.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t'; })) {
        fault = "\"summary\" is not allowed to be empty";
    } else if (!parentCommit.empty()
        && (parentCommit.size() < 7 || parentCommit.size() > 40
            || !isLowerHex(parentCommit, parentCommit.size()))) {
        fault = "\"parentCommit\" is no commit id";
    }
}

void CommitBody::takeOperation(const std::string& key, const json& value)
{
    CommitOperation operation;
    operation.path = value.at("path").get<std::string>();
    if (key == "file") {
        const std::string encoding = value.contains("encoding") ? textOf(value, "encoding") : "utf-8";
        const auto& content = value.at("content").get_ref<const std::string&>();
        const auto bytes = encoding == "base64" ? decodeBase64(content) : std::optional(content);
        if (!bytes || (encoding != "base64" && encoding != "utf-8")) {
            fault = "\"content\" is not in the encoding that it names";
            return;
        }
        if (bytes->size() > m_regularLimit) {
            fault = "files larger than 10 MiB must be stored with git-lfs";
            return;
        }
        ContentWriter writer(m_spillAbove);
        writer.write(*bytes);
        regularBytes += bytes->size();
        operation.content = writer.finish();
    } else if (key == "lfsFile") {
        operation.kind = CommitOperation::Kind::LfsFile;
        operation.oid = value.at("oid").get<std::string>();
        if (textOf(value, "algo") != "sha256" || !isLowerHex(operation.oid, 64)) {
            fault = "an lfsFile has \"algo\" sha256 and an \"oid\" of 64 hex digits";
            return;
        }
        if (value.contains("size")) {
            operation.size = value.at("size").get<std::uint64_t>();
        }
    } else if (key == "deletedFile") {
        operation.kind = CommitOperation::Kind::DeletedFile;
    } else if (key == "deletedFolder") {
        operation.kind = CommitOperation::Kind::DeletedFolder;
        while (!operation.path.empty() && operation.path.back() == '/') {
            operation.path.pop_back();
        }
    } else {
        fault = "no operation is called that";
        return;
    }
    operations.push_back(std::move(operation));
}

} // namespace workbench::fakehub
