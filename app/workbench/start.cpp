// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/start.h"

#include "core/schema/builtin_schemas.h"
#include "ui/bridge/qt_text.h"

#include <QDir>

namespace workbench {
namespace {

constexpr const char* DefaultDataDir = "data/learning/train";

Result<SchemaPtr> schemaOf(const Arguments& arguments)
{
    if (!arguments.schema) {
        return defaultSchema();
    }
    if (SchemaPtr shipped = builtinSchema(*arguments.schema)) {
        return shipped;
    }
    return Schema::load(*arguments.schema);
}

} // namespace

Result<WorkbenchOptions> workbenchOptions(const Arguments& arguments)
{
    const auto envFile = loadEnvFile(arguments.envFile.value_or(".env"), arguments.envFile.has_value());
    if (!envFile) {
        return envFile.error();
    }
    const auto config = resolveConfig({}, processEnvironment(), *envFile);
    if (!config) {
        return config.error();
    }
    const auto schema = schemaOf(arguments);
    if (!schema) {
        return schema.error();
    }
    WorkbenchOptions options;
    options.dataDir = toQt(arguments.dataDir.value_or(DefaultDataDir));
    options.dataDirGiven = arguments.dataDir.has_value();
    options.labelsDir = arguments.labelsDir;
    options.envFile = toQt(arguments.envFile.value_or(std::string()));
    options.schema = *schema;
    options.config = *config;
    options.threads = defaultThreads();
    return options;
}

QString findSample(const QString& programFolder)
{
    // Installed, relocated as a whole or not; then out of the build tree.
    for (const QString& place : {QStringLiteral("/../share/signals-workbench/sample"),
             QStringLiteral("/../../../../resources/sample")}) {
        const QDir folder(programFolder + place);
        if (folder.exists()) {
            return QDir::cleanPath(folder.absolutePath());
        }
    }
    return {};
}

} // namespace workbench
