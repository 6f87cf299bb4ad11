// SPDX-License-Identifier: Apache-2.0
// Any bytes as a stream of lines: each is accounted for, and what is accepted is what each alone comes to.
#include "core/base/file.h"
#include "core/job/scan.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/small_schema.h"
#include "tests/fuzz/targets.h"
#include "tests/support/judged_line.h"
#include "tests/support/plain_lines.h"
#include "tests/support/recorded_scan.h"

#include <string>

#include <sys/mman.h>
#include <unistd.h>

namespace workbench::fuzz {

namespace {

/// What a scan should come to, taken line by line.
struct Expected {
    std::uint64_t lines = 0;
    std::uint64_t accepted = 0;
    std::string bytes;
};

Expected takenLineByLine(std::string_view text)
{
    static LineJudge judge(smallSchema());
    Expected expected;
    for (const PlainLine& line : plainLines(text)) {
        const JudgedLine judged = judge.judge(std::string(line.text));
        ++expected.lines;
        expected.accepted += judged.accepted ? 1 : 0;
        expected.bytes += judged.canonical;
    }
    return expected;
}

} // namespace

void guardStream(std::string_view input)
{
    static const FileDescriptor memory(::memfd_create("stream", MFD_CLOEXEC));
    promise(memory && ::ftruncate(memory.get(), 0) == 0 && ::lseek(memory.get(), 0, SEEK_SET) == 0
            && tryWriteAll(memory.get(), input) == 0 && ::lseek(memory.get(), 0, SEEK_SET) == 0,
        "there is no memory for the input");
    ScanRequest request;
    request.schema = smallSchema();
    request.stream = memory.get();
    RecordedScan found;
    const auto summary = scan(request, found, {}, {});
    promise(static_cast<bool>(summary), "a stream ends in an error");
    const Expected expected = takenLineByLine(input);
    promise(summary->read == expected.lines, "a line is not accounted for");
    promise(summary->matched == summary->read, "a line is left out though nothing is filtered");
    promise(
        summary->accepted == expected.accepted && summary->accepted + summary->rejected == summary->matched,
        "a line is neither accepted nor rejected");
    promise(found.bytes == expected.bytes, "a stream's rows are not those of its lines");
}

} // namespace workbench::fuzz
