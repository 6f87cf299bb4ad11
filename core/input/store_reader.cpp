// SPDX-License-Identifier: Apache-2.0
#include "core/input/store_reader.h"

#include "core/base/rfc3339.h"
#include "core/input/store_header.h"
#include "core/input/store_row.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <thread>

#include <sqlite3.h>
#include <strings.h>
#include <sys/stat.h>

namespace workbench {

/// What StoreReader::State holds.
namespace store {

struct CloseDatabase {
    void operator()(sqlite3* database) const { (void)::sqlite3_close_v2(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { (void)::sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// How to look without ever writing.
enum class Access : std::uint8_t {
    Locking, ///< a rollback journal: a reader's lock on the file writes nothing
    SharedLog, ///< a write-ahead log that somebody has open, or had: its index is there, we only read it
    LoneLog, ///< a log without its index: ours is made in memory; nobody can be writing
    Still, ///< all is in the file itself
};

} // namespace store

namespace {

using namespace store;

constexpr auto BusyPatience = std::chrono::seconds(5);
constexpr auto BusyPause = std::chrono::milliseconds(20);
/// A cell beyond this is no example and would only take memory: the row cannot be read, and that is said.
constexpr int LargestCell = 64 << 20;
constexpr int StepsBetweenLooks = 10'000; ///< of SQLite's machine, between two looks at the stop token
constexpr std::size_t WalVersionAt = 18; ///< in the header: 2 for a database with a write-ahead log

std::string escapedUri(std::string_view path)
{
    std::string out;
    for (const char c : path) {
        constexpr std::string_view Hex = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#' || byte < 0x20 || byte >= 0x7f) {
            out += {'%', Hex[byte >> 4U], Hex[byte & 15U]};
        } else {
            out += c;
        }
    }
    return out;
}

Result<Access> accessTo(const ExampleFile& file)
{
    const auto header = storeHeader(file.path);
    if (!header) {
        return header.error();
    }
    if (header->size() < StoreHeaderBytes) {
        return Error {ErrorCode::Io, file.path + ": it is no SQLite database, or a damaged one", file.path};
    }
    if ((*header)[WalVersionAt] != 2 && (*header)[WalVersionAt + 1] != 2) {
        return Access::Locking;
    }
    struct stat entry {};
    const bool log = ::stat((file.path + "-wal").c_str(), &entry) == 0;
    const bool logHolds = log && entry.st_size > 0;
    const bool index = ::stat((file.path + "-shm").c_str(), &entry) == 0;
    if (log && index) {
        return Access::SharedLog;
    }
    return logHolds ? Access::LoneLog : Access::Still;
}

} // namespace

struct StoreReader::State {
    explicit State(const ExampleFile& listed) : file(listed) {}

    const ExampleFile& file;
    Access access = Access::Still;
    Database database;
    Statement fetch; // goes before the database
    StoreRowWriter writer;
    std::string number; ///< what a row's number is called: a column could have the usual name
    std::stop_token stop; ///< of the call that is going on
    std::chrono::steady_clock::time_point waitingSince;

    [[nodiscard]] Error fault(const std::string& what) const
    {
        return {ErrorCode::Io, file.path + ": " + what, file.path};
    }

    /// SQLite's own sentences could quote the database; these are ours.
    [[nodiscard]] Error failed(int code) const
    {
        switch (code & 0xff) {
        case SQLITE_INTERRUPT:
            return cancelledError();
        case SQLITE_BUSY:
            if (stop.stop_requested()) {
                return cancelledError();
            }
            [[fallthrough]];
        case SQLITE_LOCKED:
            return fault("it is locked by another program");
        case SQLITE_NOTADB:
            return fault("it is no SQLite database, or an encrypted one");
        case SQLITE_CORRUPT:
            return fault("the database is damaged");
        case SQLITE_READONLY:
            return fault(
                "it was left in the middle of a write; open it once with the program that writes it");
        case SQLITE_TOOBIG:
            return fault("a cell holds more than 64 MiB");
        case SQLITE_NOMEM:
            return fault("no memory to read it");
        default:
            return fault(std::string("the database cannot be read: ") + ::sqlite3_errstr(code));
        }
    }

    static int onBusy(void* self, int times)
    {
        auto& state = *static_cast<State*>(self);
        const auto now = std::chrono::steady_clock::now();
        if (times == 0) {
            state.waitingSince = now;
        }
        if (state.stop.stop_requested() || now - state.waitingSince > BusyPatience) {
            return 0;
        }
        std::this_thread::sleep_for(BusyPause);
        return 1;
    }
    static int onProgress(void* self) { return static_cast<State*>(self)->stop.stop_requested() ? 1 : 0; }

    Result<void> open()
    {
        const auto how = accessTo(file);
        if (!how) {
            return how.error();
        }
        access = *how;
        std::string uri = "file:" + escapedUri(file.path) + "?mode=ro";
        uri += access == Access::SharedLog ? "&readonly_shm=1"
            : access == Access::Still      ? "&immutable=1"
                                           : "";
        sqlite3* made = nullptr;
        const int code = ::sqlite3_open_v2(uri.c_str(), &made,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
            access == Access::LoneLog ? "unix-none" : nullptr);
        database.reset(made);
        if (code != SQLITE_OK) {
            return failed(code);
        }
        (void)::sqlite3_busy_handler(made, onBusy, this);
        ::sqlite3_progress_handler(made, StepsBetweenLooks, onProgress, this);
        (void)::sqlite3_limit(made, SQLITE_LIMIT_LENGTH, LargestCell);
        (void)::sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        (void)::sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        (void)::sqlite3_db_config(made, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        // In memory, because a sort would else put ids into a file; unmapped, because a file can shrink.
        std::string pragmas = access == Access::LoneLog ? "PRAGMA locking_mode=EXCLUSIVE;" : "";
        pragmas += "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA cell_size_check=ON;"
                   "PRAGMA query_only=ON;";
        for (const std::string& step : {pragmas, std::string("BEGIN")}) {
            if (const int done = ::sqlite3_exec(made, step.c_str(), nullptr, nullptr, nullptr);
                done != SQLITE_OK) {
                return failed(done);
            }
        }
        return checkTable();
    }

    Result<Statement> prepare(const std::string& sql)
    {
        sqlite3_stmt* made = nullptr;
        const int code
            = ::sqlite3_prepare_v2(database.get(), sql.c_str(), static_cast<int>(sql.size()), &made, nullptr);
        Statement statement(made);
        if (code != SQLITE_OK) {
            return failed(code);
        }
        return statement;
    }

    /// Texts of a query's first column. The first of these is what the transaction's picture is taken by.
    Result<std::vector<std::string>> texts(const std::string& sql)
    {
        auto statement = prepare(sql);
        if (!statement) {
            return statement.error();
        }
        std::vector<std::string> found;
        for (;;) {
            const int code = ::sqlite3_step(statement->get());
            if (code == SQLITE_DONE) {
                return found;
            }
            if (code != SQLITE_ROW) {
                return failed(code);
            }
            const auto* const text = ::sqlite3_column_text(statement->get(), 0);
            found.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
        }
    }

    Result<void> checkTable()
    {
        const auto kinds
            = texts("SELECT type FROM sqlite_schema WHERE name = 'training_examples' COLLATE NOCASE"
                    " AND type IN ('table', 'view')");
        if (!kinds) {
            return kinds.error();
        }
        if (auto same = requireAsListed(file); !same) {
            return same;
        }
        if (kinds->empty()) {
            return fault("it has no table training_examples");
        }
        if (kinds->front() != "table") {
            return fault("training_examples is a view; a table is wanted");
        }
        const auto columns = texts("SELECT name FROM pragma_table_xinfo('training_examples')");
        if (!columns) {
            return columns.error();
        }
        const auto has = [&](std::string_view wanted) {
            return std::any_of(columns->begin(), columns->end(), [&](const std::string& column) {
                return column.size() == wanted.size() && ::strcasecmp(column.c_str(), wanted.data()) == 0;
            });
        };
        std::string missing;
        std::string list;
        for (const std::string_view column : StoreColumns) {
            list += (list.empty() ? "" : ", ") + std::string(column);
            if (!has(column)) {
                missing += (missing.empty() ? "" : ", ") + std::string(column);
            }
        }
        if (!missing.empty()) {
            return fault("training_examples lacks columns: " + missing);
        }
        // SQLite gives a row's number these three names; a column called so takes one away.
        for (const char* const name : {"_rowid_", "rowid", "oid"}) {
            if (number.empty() && !has(name)) {
                number = name;
            }
        }
        if (number.empty()) {
            return fault("training_examples hides the numbers of its rows");
        }
        sqlite3_stmt* made = nullptr;
        const std::string sql = "SELECT " + list + " FROM training_examples WHERE " + number + " = ?1";
        const int code = ::sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &made, nullptr);
        fetch.reset(made);
        if (code == SQLITE_ERROR) {
            return fault("training_examples has no row numbers (WITHOUT ROWID); a plain table is wanted");
        }
        return code == SQLITE_OK ? Result<void>() : failed(code);
    }

    [[nodiscard]] StoreCell cell(int column) const
    {
        StoreCell out;
        sqlite3_stmt* const row = fetch.get();
        switch (::sqlite3_column_type(row, column)) {
        case SQLITE_INTEGER:
            out.type = StoreCell::Type::Integer;
            out.integer = ::sqlite3_column_int64(row, column);
            break;
        case SQLITE_FLOAT:
            out.type = StoreCell::Type::Real;
            out.real = ::sqlite3_column_double(row, column);
            break;
        case SQLITE_TEXT: {
            out.type = StoreCell::Type::Text;
            const auto* const text = ::sqlite3_column_text(row, column);
            out.text = {reinterpret_cast<const char*>(text),
                static_cast<std::size_t>(::sqlite3_column_bytes(row, column))};
            break;
        }
        case SQLITE_BLOB:
            out.type = StoreCell::Type::Bytes;
            break;
        default:
            break;
        }
        return out;
    }
};

StoreQuery storeOrderQuery()
{
    return {"SELECT _rowid_ FROM training_examples"
            " ORDER BY created_at COLLATE BINARY, id COLLATE BINARY, _rowid_",
        {}};
}

std::optional<StoreQuery> storeFilterQuery(const ExampleFilter& filter)
{
    StoreQuery query;
    const auto require = [&](const char* condition, std::string parameter) {
        query.sql += query.sql.empty() ? "SELECT _rowid_ FROM training_examples WHERE " : " AND ";
        query.sql += condition;
        query.parameters.push_back(std::move(parameter));
    };
    const auto day = [](UtcTime time) { return formatRfc3339(time).substr(0, 10); };
    constexpr auto Day = std::chrono::hours(24);
    if (filter.source) {
        require("source COLLATE BINARY = ?", *filter.source);
    }
    if (filter.industry) {
        require("industry_key COLLATE BINARY = ?", *filter.industry);
    }
    if (filter.since) {
        require("created_at COLLATE BINARY >= ?", day(*filter.since - Day));
    }
    if (filter.until) {
        // In the year 10000 a time has no text any more, and no text of a time is behind it.
        if (std::string end = day(*filter.until + 2 * Day); !end.empty()) {
            require("created_at COLLATE BINARY < ?", std::move(end));
        }
    }
    if (query.sql.empty()) {
        return std::nullopt;
    }
    return query;
}

StoreReader::StoreReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
StoreReader::~StoreReader() = default;
StoreReader::StoreReader(StoreReader&&) noexcept = default;
StoreReader& StoreReader::operator=(StoreReader&&) noexcept = default;

Result<StoreReader> StoreReader::open(const ExampleFile& file, const std::stop_token& stop)
{
    auto state = std::make_unique<State>(file);
    state->stop = stop;
    if (auto opened = state->open(); !opened) {
        return opened.error();
    }
    return StoreReader(std::move(state));
}

Result<std::vector<std::int64_t>> StoreReader::rows(const StoreQuery& query, const std::stop_token& stop)
{
    State& state = *m_state;
    state.stop = stop;
    std::string sql = query.sql;
    constexpr std::string_view Usual = "_rowid_";
    for (std::size_t at = sql.find(Usual); at != std::string::npos; at = sql.find(Usual, at + 1)) {
        sql.replace(at, Usual.size(), state.number);
    }
    auto statement = state.prepare(sql);
    if (!statement) {
        return statement.error();
    }
    for (std::size_t i = 0; i < query.parameters.size(); ++i) {
        const std::string& value = query.parameters[i];
        (void)::sqlite3_bind_text(statement->get(), static_cast<int>(i) + 1, value.data(),
            static_cast<int>(value.size()), SQLITE_STATIC);
    }
    std::vector<std::int64_t> found;
    for (;;) {
        const int code = ::sqlite3_step(statement->get());
        if (code == SQLITE_DONE) {
            return found;
        }
        if (code != SQLITE_ROW) {
            return state.failed(code);
        }
        found.push_back(::sqlite3_column_int64(statement->get(), 0));
    }
}

Result<void> StoreReader::appendLine(std::int64_t row, std::string& out, const std::stop_token& stop)
{
    State& state = *m_state;
    state.stop = stop;
    sqlite3_stmt* const fetch = state.fetch.get();
    (void)::sqlite3_bind_int64(fetch, 1, row);
    const int code = ::sqlite3_step(fetch);
    if (code == SQLITE_ROW) {
        StoreRow cells;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            cells[column] = state.cell(static_cast<int>(column));
        }
        state.writer.append(cells, out);
    }
    (void)::sqlite3_reset(fetch);
    if (code == SQLITE_DONE) {
        return state.fault("the database is damaged: an index names a row that is not there");
    }
    return code == SQLITE_ROW ? Result<void>() : state.failed(code);
}

Result<void> StoreReader::finish() const
{
    const bool nobodyKeptAway = m_state->access == Access::Still || m_state->access == Access::LoneLog;
    return nobodyKeptAway ? requireAsListed(m_state->file) : Result<void>();
}

} // namespace workbench
