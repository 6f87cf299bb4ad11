// SPDX-License-Identifier: GPL-3.0-or-later
/// Asks the Hub and publishes to it, off the GUI thread.
#pragma once

#include "core/job/push_job.h"
#include "ui/bridge/lane.h"
#include "ui/bridge/publish_settings.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace workbench {

class TokenKeeper;

struct PublishOrder {
    QString bundleDir;
    QString repo; ///< OWNER/NAME; empty: the configured one
    QString commitMessage; ///< empty: one is made of rows and schema hash
    bool allowSchemaChange = false;
    std::optional<std::string> expectedHead; ///< the head that the person was shown
    std::optional<std::string> expectedDigest; ///< of the bundle that the person was shown
};

/// What publishing would do, and where people can look at it.
struct PublishLook {
    PublishPlan plan;
    QString repoUrl; ///< of the repository's page, no slash at the end
    bool wantsPrivate = true;
};

struct PublishStep {
    PublishProgress progress;
    std::map<std::string, std::uint64_t> sentByFile; ///< bytes, of files that travel on their own
};

/// Whom a token belongs to, and where it was found.
struct AccessAnswer {
    HubAccess access;
    QString repo;
    QString host;
    QString tokenFoundIn;
};

/// GUI thread only. One look or publishing at a time; asking about access and reading the published schema
/// have lanes of their own.
class PublishRunner final : public QObject {
    Q_OBJECT

public:
    explicit PublishRunner(PublishSettingsFn settings, QObject* parent = nullptr);
    ~PublishRunner() override; ///< cancels and waits

    /// The desktop's secret service: its token is used where environment, env file and token file have none.
    [[nodiscard]] TokenKeeper& tokens();

    [[nodiscard]] bool publishing() const;
    [[nodiscard]] bool looking() const;
    /// Name of the account that the Hub last told; empty before.
    [[nodiscard]] QString userName() const;

    void look(const PublishOrder& order); ///< does nothing while a publishing runs
    void publish(const PublishOrder& order); ///< likewise
    /// Takes effect within 200 ms. Of a look nothing more is heard; published() follows for a publishing.
    void cancel();
    void askAccess();
    void loadPublishedSchema();
    void findToken(); ///< asks nobody but this computer

Q_SIGNALS:
    void lookStepped(workbench::PublishPhase phase);
    void lookBegun(const workbench::PublishLook& look); ///< all that is known before the Hub answers
    void looked(const workbench::PublishLook& look);
    void lookFailed(const workbench::Error& error);
    /// The newest one 20 times a second, and soon after each new phase; the last one always.
    void stepped(const workbench::PublishStep& step);
    void waited(const QString& why, double seconds); ///< before each wait
    void published(const workbench::PushResult& result);
    void userKnown(const QString& name);
    /// Where a token is; empty when there is none. `problem` when the settings cannot be read.
    void tokenFound(const QString& foundIn, const QString& problem);
    void accessTold(const workbench::AccessAnswer& answer);
    void accessFailed(const workbench::Error& error);
    /// `reference` as on the command line: "hub:OWNER/NAME".
    void publishedSchemaLoaded(const QString& reference, const workbench::SchemaReference& schema);
    void publishedSchemaFailed(const workbench::Error& error);

private:
    struct State;
    void know(const HubUser& user);
    void deliverStep();
    [[nodiscard]] WaitNotice waitNotice(const Lane::Report& report);
    std::unique_ptr<State> m_state;
};

} // namespace workbench
