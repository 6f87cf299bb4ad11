// SPDX-License-Identifier: Apache-2.0
#include "tests/support/indexed_folder.h"

#include "core/schema/builtin_schemas.h"

#include <stdexcept>

namespace workbench {

void IndexedFolder::add(std::string_view name, const std::vector<std::string>& lines)
{
    std::string bytes;
    for (const auto& line : lines) {
        bytes += line + '\n';
    }
    m_folder.write(name, bytes);
}

ExampleFiles IndexedFolder::files() const
{
    auto files = listExamples(m_folder.path(), {});
    if (!files) {
        throw std::runtime_error(files.error().message);
    }
    return *files;
}

IndexPtr IndexedFolder::index(unsigned threads) const
{
    IndexPtr newest;
    IndexRequest request;
    request.files = files();
    request.schema = defaultSchema();
    request.threads = threads;
    const auto built = buildIndex(request, [&](IndexPtr index) { newest = std::move(index); }, {}, {});
    if (!built) {
        throw std::runtime_error(built.error().message);
    }
    return newest;
}

} // namespace workbench
