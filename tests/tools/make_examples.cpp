// SPDX-License-Identifier: Apache-2.0
// Makes training examples by the million: shaped as the captured ones, wholly invented, the same for a seed.
#include "tests/tools/generated_example.h"
#include "tests/tools/generated_violations.h"

#include <charconv>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace {

constexpr std::string_view Usage = R"(Usage: make_examples [OPTIONS]
  --rows N             how many (default 1000)
  --violations PERCENT of them break a rule, all eleven in turn (default 0)
  --seed N             the same seed makes the same bytes (default 1)
  --business-metrics   all 70 features, not only the 48 that are captured today
  --out FILE           where to; - is standard output (default)
  --out-dir DIR        several files captured-01.jsonl, … instead
  --files N            how many of them (default 4)
  --sample             the sample that ships: --rows 400 --violations 5 --seed 20260105 --business-metrics
)";

struct Options {
    std::uint64_t rows = 1000;
    double violations = 0;
    std::uint64_t seed = 1;
    bool businessMetrics = false;
    std::string out = "-";
    std::string outDir;
    std::uint64_t files = 4;
};

template <class T> bool readNumber(const char* text, T& value)
{
    const char* end = text + std::strlen(text);
    const auto result = std::from_chars(text, end, value);
    return result.ec == std::errc() && result.ptr == end;
}

std::optional<Options> readOptions(int count, char** arguments)
{
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = arguments[i];
        const char* value = i + 1 < count ? arguments[i + 1] : "";
        bool understood = true;
        bool takesValue = true;
        if (name == "--rows") {
            understood = readNumber(value, options.rows);
        } else if (name == "--violations") {
            understood = readNumber(value, options.violations);
        } else if (name == "--seed") {
            understood = readNumber(value, options.seed);
        } else if (name == "--files") {
            understood = readNumber(value, options.files) && options.files > 0;
        } else if (name == "--out") {
            options.out = value;
        } else if (name == "--out-dir") {
            options.outDir = value;
        } else {
            takesValue = false;
            understood = name == "--business-metrics" || name == "--sample";
            options.businessMetrics = options.businessMetrics || understood;
            if (name == "--sample") {
                options.rows = 400;
                options.violations = 5;
                options.seed = 20260105;
            }
        }
        if (!understood || (takesValue && *value == '\0')) {
            return std::nullopt;
        }
        i += takesValue ? 1 : 0;
    }
    return options;
}

bool writeAll(int descriptor, std::string& buffer)
{
    for (std::string_view rest = buffer; !rest.empty();) {
        const ssize_t written = write(descriptor, rest.data(), rest.size());
        if (written < 0) {
            return false;
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer.clear();
    return true;
}

/// Rows for one file; the generator and the count of violations go on from file to file.
class Writer {
public:
    explicit Writer(const Options& options)
        : m_generator(options.seed, options.rows, options.businessMetrics)
        , m_share(options.violations / 100)
    {
    }

    bool write(int descriptor, std::uint64_t rows)
    {
        constexpr std::size_t Enough = std::size_t {1} << 20U;
        for (std::uint64_t row = 0; row < rows; ++row) {
            m_generator.next(m_example);
            const bool breaks = m_share > 0 && m_generator.random().chance(m_share);
            if (breaks) {
                workbench::violate(m_example, m_violation);
            }
            const std::size_t start = m_buffer.size();
            workbench::appendLine(m_buffer, m_example);
            if (breaks) {
                std::string line = m_buffer.substr(start, m_buffer.size() - start - 1);
                workbench::damage(line, m_violation++);
                m_buffer.replace(start, std::string::npos, line + "\n");
            }
            if (m_buffer.size() > Enough && !writeAll(descriptor, m_buffer)) {
                return false;
            }
        }
        return writeAll(descriptor, m_buffer);
    }

private:
    workbench::ExampleGenerator m_generator;
    workbench::GeneratedExample m_example;
    double m_share;
    std::uint64_t m_violation = 0;
    std::string m_buffer;
};

bool writeFile(Writer& writer, const std::string& path, std::uint64_t rows)
{
    const bool standardOutput = path == "-";
    const int descriptor
        = standardOutput ? STDOUT_FILENO : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    const bool written = descriptor >= 0 && writer.write(descriptor, rows);
    const bool closed = standardOutput || descriptor < 0 || close(descriptor) == 0;
    if (!written || !closed) {
        std::fprintf(stderr, "make_examples: %s: %s\n", path.c_str(), std::strerror(errno));
    }
    return written && closed;
}

} // namespace

int main(int count, char** arguments)
{
    const std::optional<Options> options = readOptions(count, arguments);
    if (!options) {
        std::fputs(Usage.data(), stderr);
        return 2;
    }
    Writer writer(*options);
    if (options->outDir.empty()) {
        return writeFile(writer, options->out, options->rows) ? 0 : 1;
    }
    std::error_code error;
    std::filesystem::create_directories(options->outDir, error);
    for (std::uint64_t file = 0; file < options->files; ++file) {
        const std::uint64_t rows
            = options->rows * (file + 1) / options->files - options->rows * file / options->files;
        const std::string number = (file < 9 ? "0" : "") + std::to_string(file + 1);
        if (!writeFile(writer, options->outDir + "/captured-" + number + ".jsonl", rows)) {
            return 1;
        }
    }
    return 0;
}
