// SPDX-License-Identifier: Apache-2.0
/// A learning.db for tests: a SQLite database with the table that examples are kept in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;

namespace workbench {

class ExampleStore {
public:
    /// Makes the database with its table. Throws std::runtime_error when SQLite will not, as all of these do.
    explicit ExampleStore(const std::string& path);
    /// Opens one that is there.
    enum Opening { Existing };
    ExampleStore(const std::string& path, Opening);

    void run(const std::string& sql);
    /// Puts a line of JSON into the columns: strings as text, the last three as the JSON they are.
    void add(std::string_view exampleJson);
    /// What the first column of the first row says.
    [[nodiscard]] std::string ask(const std::string& sql) const;
    /// All rows of a query, their columns with " | " between.
    [[nodiscard]] std::string answers(const std::string& sql) const;

private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Close> m_database;
};

/// The definition of the table, with `columns` instead of the usual eleven when given.
[[nodiscard]] std::string createStoreTable(const std::optional<std::string>& columns = {});

} // namespace workbench
