// SPDX-License-Identifier: Apache-2.0
/// Reads a commit's NDJSON as it arrives: one line is held at a time, file contents go where contents go.
#pragma once

#include "tests/support/fake_hub/http_message.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbench::fakehub {

struct CommitOperation {
    enum class Kind : std::uint8_t { File, LfsFile, DeletedFile, DeletedFolder };
    Kind kind = Kind::File;
    std::string path = {};
    std::shared_ptr<const Content> content; ///< of File
    std::string oid = {}; ///< of LfsFile
    std::optional<std::uint64_t> size = {}; ///< of LfsFile; absent for a copy
};

class CommitBody final : public BodySink {
public:
    CommitBody(std::uint64_t regularLimit, std::uint64_t spillAbove);
    void write(std::string_view bytes) override;
    /// The last line may lack its end.
    void finish();

    std::string summary = {};
    std::string description = {};
    std::string parentCommit = {};
    std::vector<CommitOperation> operations;
    std::uint64_t regularBytes = 0;
    std::string fault = {}; ///< what is wrong with the body, empty when nothing is

private:
    void takeLine();
    void takeHeader(const nlohmann::json& value);
    void takeOperation(const std::string& key, const nlohmann::json& value);

    std::uint64_t m_regularLimit;
    std::uint64_t m_spillAbove;
    std::string m_line;
    bool m_tooLong = false; ///< the present line is dropped up to its end
    bool m_hasHeader = false;
    std::size_t m_lineNumber = 1;
};

} // namespace workbench::fakehub
