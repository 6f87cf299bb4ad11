// SPDX-License-Identifier: Apache-2.0
#include "tests/support/example_store.h"

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include <array>
#include <stdexcept>

namespace workbench {

namespace {

void require(bool ok, const char* what)
{
    if (!ok) {
        throw std::runtime_error(std::string("the test's database: ") + what);
    }
}

} // namespace

void ExampleStore::Close::operator()(sqlite3* database) const { (void)::sqlite3_close_v2(database); }

std::string createStoreTable(const std::optional<std::string>& columns)
{
    return "CREATE TABLE training_examples ("
        + columns.value_or("id TEXT, created_at TEXT, run_id TEXT, source TEXT, industry_key TEXT,"
                           " feature_schema TEXT, pipeline_version TEXT, generator_version TEXT,"
                           " features TEXT, targets TEXT, labels TEXT")
        + ")";
}

ExampleStore::ExampleStore(const std::string& path, Opening)
{
    sqlite3* made = nullptr;
    const int code = ::sqlite3_open(path.c_str(), &made);
    m_database.reset(made);
    require(code == SQLITE_OK, "open");
}

ExampleStore::ExampleStore(const std::string& path) : ExampleStore(path, Existing)
{
    run(createStoreTable());
}

void ExampleStore::run(const std::string& sql)
{
    require(::sqlite3_exec(m_database.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, "exec");
}

void ExampleStore::add(std::string_view exampleJson)
{
    constexpr std::array Columns {"id", "created_at", "run_id", "source", "industry_key", "feature_schema",
        "pipeline_version", "generator_version", "features", "targets", "labels"};
    const auto example = nlohmann::ordered_json::parse(exampleJson);
    sqlite3_stmt* insert = nullptr;
    require(::sqlite3_prepare_v2(m_database.get(),
                "INSERT INTO training_examples (id, created_at, run_id, source, industry_key, feature_schema,"
                " pipeline_version, generator_version, features, targets, labels)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                -1, &insert, nullptr)
            == SQLITE_OK,
        "prepare");
    for (std::size_t i = 0; i < Columns.size(); ++i) {
        const auto value = example.find(Columns[i]);
        if (value == example.end() || value->is_null()) {
            continue;
        }
        const std::string text = value->is_string() ? value->get<std::string>() : value->dump();
        (void)::sqlite3_bind_text(
            insert, static_cast<int>(i) + 1, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }
    const int code = ::sqlite3_step(insert);
    (void)::sqlite3_finalize(insert);
    require(code == SQLITE_DONE, "insert");
}

std::string ExampleStore::ask(const std::string& sql) const
{
    const std::string all = answers(sql);
    return all.substr(0, all.find_first_of("|\n"));
}

std::string ExampleStore::answers(const std::string& sql) const
{
    sqlite3_stmt* query = nullptr;
    require(::sqlite3_prepare_v2(m_database.get(), sql.c_str(), -1, &query, nullptr) == SQLITE_OK, "query");
    std::string out;
    while (::sqlite3_step(query) == SQLITE_ROW) {
        for (int i = 0; i < ::sqlite3_column_count(query); ++i) {
            const auto* const text = ::sqlite3_column_text(query, i);
            out += (i == 0 ? "" : " | ")
                + std::string(text == nullptr ? "" : reinterpret_cast<const char*>(text));
        }
        out += '\n';
    }
    (void)::sqlite3_finalize(query);
    return out;
}

} // namespace workbench
