// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/start.h"

#include "core/schema/builtin_schemas.h"
#include "ui/bridge/qt_text.h"
#include "ui/bridge/whole_path.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStringList>

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

QString settingsDigest(const WorkbenchOptions& options)
{
    if (options.labelsDir || processEnvironment()("HF_TOKEN")) { // taken out of Qt's sight by then
        return {};
    }
    const ExportConfig& config = options.config;
    const QString envFile = wholePath(options.envFile.isEmpty() ? QStringLiteral(".env") : options.envFile);
    QStringList parts {QFileInfo::exists(envFile) ? envFile : QString(), toQt(options.schema->fingerprint()),
        toQt(config.repo.value), QString::number(int {config.isPrivate.value}),
        QString::number(int {config.pushEnabled.value}), QString::number(config.maxRows.value),
        QString::number(static_cast<int>(config.split.value)),
        config.outDir.origin == Origin::Default ? QString() : wholePath(toQt(config.outDir.value))};
    for (const char* name :
        {"HF_ENDPOINT", "HF_HOME", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "HF_HUB_DISABLE_IMPLICIT_TOKEN"}) {
        parts += toQt(processEnvironment()(name).value_or(std::string()));
    }
    return QString::fromLatin1(
        QCryptographicHash::hash(parts.join(QLatin1Char('\n')).toUtf8(), QCryptographicHash::Sha256).toHex());
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
