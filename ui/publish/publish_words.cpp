// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_words.h"

#include "core/hub/publish_plan.h"
#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace workbench {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PublishWords)
};

struct Sentences {
    QString first;
    QString rest;
};

/// A refusal begins with what is so; what follows says why and what to do.
Sentences split(const QString& text)
{
    const qsizetype end = text.indexOf(QStringLiteral(". "));
    return end < 0 ? Sentences {text, {}} : Sentences {text.left(end + 1), text.mid(end + 2)};
}

QString joined(const QString& one, const QString& other)
{
    return one.isEmpty() || other.isEmpty() ? one + other : one + QLatin1Char(' ') + other;
}

PublishHelp helpFor(const PublishCheck& refusal, const PublishPlan& plan)
{
    switch (refusal.kind) {
    case PublishCheckKind::Token:
    case PublishCheckKind::MayWrite:
        return PublishHelp::Settings;
    case PublishCheckKind::BundleVerifies:
        return refusal.reason == PublishReason::NotAsShown ? PublishHelp::None : PublishHelp::ExportAgain;
    case PublishCheckKind::Private:
        return plan.isPrivate == false ? PublishHelp::RepoSettings : PublishHelp::None;
    case PublishCheckKind::Schema:
        return PublishHelp::AllowSchema;
    case PublishCheckKind::SwitchedOn:
    case PublishCheckKind::Online:
    case PublishCheckKind::RepoName:
    case PublishCheckKind::CommitMessage:
    case PublishCheckKind::FeaturesWithoutValue:
    case PublishCheckKind::HubAnswers:
    case PublishCheckKind::HeadAsShown:
    case PublishCheckKind::LastPush:
        break;
    }
    return PublishHelp::None;
}

QString readBackText(const PublishOutcome& outcome)
{
    const auto changes = static_cast<std::size_t>(std::count_if(outcome.plan.files.begin(),
        outcome.plan.files.end(), [](const PlannedFile& file) { return file.change != FileChange::Same; }));
    return Words::tr("%1 of %2 changes read back.")
        .arg(countText(outcome.changesReadBack), countText(changes));
}

} // namespace

QString publishText(quint64 rows)
{
    return rows == 1 ? Words::tr("Publish 1 row") : Words::tr("Publish %1 rows").arg(countText(rows));
}

QString helpText(PublishHelp help)
{
    switch (help) {
    case PublishHelp::None:
        return {};
    case PublishHelp::Settings:
        return Words::tr("Open Settings");
    case PublishHelp::RepoSettings:
        return Words::tr("Open its settings");
    case PublishHelp::AllowSchema:
        return Words::tr("Allow the schema change");
    case PublishHelp::ExportAgain:
        return Words::tr("Export again…");
    }
    return {};
}

QString helpIcon(PublishHelp help)
{
    switch (help) {
    case PublishHelp::None:
        return {};
    case PublishHelp::Settings:
        return QStringLiteral("settings");
    case PublishHelp::RepoSettings:
        return QStringLiteral("globe");
    case PublishHelp::AllowSchema:
        return QStringLiteral("check");
    case PublishHelp::ExportAgain:
        return QStringLiteral("export");
    }
    return {};
}

namespace {

/// What is not looked at yet is named, not claimed.
QString openTitle(PublishCheckKind kind)
{
    switch (kind) {
    case PublishCheckKind::FeaturesWithoutValue:
        return Words::tr("Features without a value");
    case PublishCheckKind::HubAnswers:
        return Words::tr("The Hub's answer");
    case PublishCheckKind::MayWrite:
        return Words::tr("The token's right to write");
    case PublishCheckKind::Private:
        return Words::tr("Who may read the repository");
    case PublishCheckKind::Schema:
        return Words::tr("The published schema");
    default: // the others are looked at whatever comes
        return {};
    }
}

} // namespace

QString checkTitle(const PublishCheck& check, const PublishPlan& plan)
{
    if (check.state == CheckState::Open) {
        if (const QString title = openTitle(check.kind); !title.isEmpty()) {
            return title;
        }
    }
    const bool failed = check.state == CheckState::Failed;
    switch (check.kind) {
    case PublishCheckKind::SwitchedOn:
        return failed ? Words::tr("Publishing is switched off") : Words::tr("Publishing is switched on");
    case PublishCheckKind::Token:
        return failed ? Words::tr("No token was found") : Words::tr("A token was found");
    case PublishCheckKind::Online:
        return failed ? Words::tr("The Hub may not be asked") : Words::tr("The Hub may be asked");
    case PublishCheckKind::RepoName:
        return failed ? Words::tr("The repository has no name") : Words::tr("The repository is named");
    case PublishCheckKind::CommitMessage:
        return failed ? Words::tr("The commit message may not leave")
                      : Words::tr("The commit message may leave");
    case PublishCheckKind::BundleVerifies:
        return !failed                                  ? Words::tr("Bundle verifies")
            : check.reason == PublishReason::NotAsShown ? Words::tr("The bundle is another one")
                                                        : Words::tr("The bundle does not verify");
    case PublishCheckKind::FeaturesWithoutValue:
        return check.state == CheckState::Warning ? Words::tr("Some features have no value")
                                                  : Words::tr("Every feature has a value");
    case PublishCheckKind::HubAnswers:
        return !failed                                ? Words::tr("Hub answers")
            : check.reason == PublishReason::NoAnswer ? Words::tr("The Hub does not answer")
                                                      : Words::tr("The Hub does not answer as it should");
    case PublishCheckKind::MayWrite:
        return failed                            ? Words::tr("The token may not write")
            : check.state == CheckState::Warning ? Words::tr("Token may write everywhere")
                                                 : Words::tr("Token may write");
    case PublishCheckKind::Private:
        if (failed) {
            return plan.isPrivate == false ? Words::tr("Repository is public")
                                           : Words::tr("Repository cannot be used");
        }
        return check.state == CheckState::Passed && plan.isPrivate == false
            ? Words::tr("Repository is public")
            : Words::tr("Repository is private");
    case PublishCheckKind::Schema:
        return failed || check.state == CheckState::Warning ? Words::tr("Schema is another one")
                                                            : Words::tr("Schema is unchanged");
    case PublishCheckKind::HeadAsShown:
        return failed ? Words::tr("Repository changed meanwhile") : Words::tr("Repository is as shown");
    case PublishCheckKind::LastPush:
        return Words::tr("The last publishing was not read back");
    }
    return {};
}

namespace {

/// Why a check failed, in one sentence that the title has not said already.
QString reason(const PublishCheck& check)
{
    const QString detail = toQt(check.detail);
    if (check.reason == PublishReason::NotVerified) {
        return detail.section(QStringLiteral(": "), 1);
    }
    const Sentences said = split(detail);
    const bool told = check.reason != PublishReason::Other || check.kind == PublishCheckKind::SwitchedOn;
    return told && !said.rest.isEmpty() ? split(said.rest).first : said.first;
}

} // namespace

QString checkDetail(const PublishCheck& check, const PublishPlan& plan)
{
    const QString detail = toQt(check.detail);
    if (check.state == CheckState::Open) {
        return Words::tr("not looked at yet");
    }
    switch (check.kind) {
    case PublishCheckKind::Token:
        return check.state == CheckState::Passed ? Words::tr("from %1").arg(detail) : reason(check);
    case PublishCheckKind::Private:
        if (check.state == CheckState::Failed) {
            return Words::tr("This workbench publishes to private ones only");
        }
        return plan.repoExists && plan.isPrivate == true ? QString() : detail; // the title says it
    case PublishCheckKind::Schema:
        return check.state == CheckState::Passed ? (plan.published.known() ? QString() : detail)
            : check.state == CheckState::Warning ? Words::tr("the change is allowed")
                                                 : reason(check);
    case PublishCheckKind::MayWrite:
        return check.state == CheckState::Failed ? reason(check)
            : check.state == CheckState::Warning && plan.user
            ? Words::tr("for %1. A fine-grained token for %2 alone is enough.")
                  .arg(toQt(plan.user->name), toQt(plan.repo))
            : detail;
    case PublishCheckKind::LastPush:
        return detail.section(QStringLiteral(". "), 1); // the title has said what is so
    default:
        return check.state == CheckState::Failed ? reason(check) : detail;
    }
}

bool isListed(const PublishCheck& check)
{
    const bool onlyWhenFailed
        = check.kind == PublishCheckKind::HeadAsShown || check.kind == PublishCheckKind::CommitMessage;
    return !onlyWhenFailed || check.state == CheckState::Failed;
}

namespace {

/// Without what is said of the whole bundle at the end anyway.
QString withoutEnding(QString text)
{
    const QString ending = QStringLiteral(" Nothing was committed.");
    return text.endsWith(ending) ? text.chopped(ending.size()) : text;
}

QString asItWas() { return Words::tr("Nothing was committed: the dataset on the Hub is as it was."); }

PublishMessage refusalWith(
    const PublishCheck& refusal, const PublishPlan& plan, const QString& envFile, const QString& ending)
{
    PublishMessage message;
    const Sentences said = split(withoutEnding(toQt(refusal.detail)));
    message.title = said.first;
    message.text = said.rest;
    message.help = helpFor(refusal, plan);
    if (refusal.kind == PublishCheckKind::SwitchedOn) {
        message.text = Words::tr("Set HF_EXPORT_ENABLED=true in %1 to allow it.").arg(envFile);
    } else if (refusal.reason == PublishReason::NoToken) {
        message.text = Words::tr("Enter one in Settings, or set HF_TOKEN.");
    } else if (refusal.kind == PublishCheckKind::HubAnswers) {
        QString why = said.rest;
        why.remove(toQt(std::string(BundleStays)));
        message.text = joined(
            why.trimmed(), Words::tr("The bundle is complete on this computer and can be published later."));
    } else if (refusal.kind == PublishCheckKind::Private && plan.isPrivate == false) {
        message.text = joined(Words::tr("Anyone could read the rows."), said.rest);
    }
    message.text = joined(message.text, ending);
    return message;
}

} // namespace

PublishMessage refusalMessage(const PublishCheck& refusal, const PublishPlan& plan, const QString& envFile)
{
    return refusalWith(refusal, plan, envFile, Words::tr("Nothing has been sent."));
}

PublishMessage lookFailedMessage(const Error& error)
{
    return {PublishTone::Bad, Words::tr("Publishing cannot be looked at."),
        joined(toQt(error.message), Words::tr("Nothing has been sent.")), PublishHelp::None, true};
}

PublishMessage nothingToDoMessage(const PublishPlan& plan)
{
    return {PublishTone::Good, Words::tr("Nothing to do: the Hub holds this bundle already."),
        Words::tr("Revision %1. Every file there is the same, byte for byte.").arg(toQt(plan.head)),
        PublishHelp::None, false};
}

PublishMessage outcomeMessage(const PublishOutcome& outcome, const QString& envFile)
{
    const QString said = outcome.error ? toQt(outcome.error->message) : QString();
    if (outcome.unknown) {
        return {PublishTone::Warning, Words::tr("Nobody can say yet whether this was published."),
            joined(said,
                Words::tr(
                    "Check again as soon as the Hub answers: the bundle is recognised there, and nothing is "
                    "published twice.")),
            PublishHelp::None, true};
    }
    if (!outcome.error) {
        const QString revision = Words::tr("Revision %1.").arg(toQt(outcome.revision));
        if (!outcome.committed) {
            return {PublishTone::Good, Words::tr("Nothing to do: the Hub holds this bundle already."),
                revision, PublishHelp::None, false};
        }
        const quint64 rows = outcome.plan.verification.info.totalRows;
        return {PublishTone::Good,
            rows == 1 ? Words::tr("1 row is published.")
                      : Words::tr("%1 rows are published.").arg(countText(rows)),
            joined(revision, readBackText(outcome)), PublishHelp::None, false};
    }
    if (outcome.committed) {
        return {PublishTone::Warning,
            outcome.published ? Words::tr("The commit was made, but could not be read back.")
                              : Words::tr("The Hub holds other bytes than were sent."),
            said, PublishHelp::None, true};
    }
    if (outcome.error->code == ErrorCode::Cancelled) {
        return {PublishTone::Note, Words::tr("Cancelled."), asItWas(), PublishHelp::None, true};
    }
    if (const PublishCheck* refusal = outcome.plan.refusal()) {
        return outcome.begun ? refusalWith(*refusal, outcome.plan, envFile, asItWas())
                             : refusalMessage(*refusal, outcome.plan, envFile);
    }
    const Sentences sentences = split(withoutEnding(said));
    return {PublishTone::Bad, sentences.first, joined(sentences.rest, asItWas()), PublishHelp::None, true};
}

QString phaseText(PublishPhase phase)
{
    switch (phase) {
    case PublishPhase::Verifying:
        return Words::tr("Verifying the bundle: every file is hashed, every row guarded again.");
    case PublishPhase::Asking:
        return Words::tr("Asking the Hub.");
    case PublishPhase::Uploading:
        return Words::tr("Uploading.");
    case PublishPhase::Committing:
        return Words::tr("Making the commit.");
    case PublishPhase::ReadingBack:
        return Words::tr("Reading back every size and hash.");
    case PublishPhase::Waiting:
        return Words::tr("Waiting.");
    }
    return {};
}

QString stepText(const PublishProgress& progress)
{
    switch (progress.phase) {
    case PublishPhase::Uploading:
    case PublishPhase::Committing: {
        if (progress.phase == PublishPhase::Committing && progress.sent >= progress.bytes) {
            return Words::tr("Making the commit: all is sent, the Hub's answer is waited for.");
        }
        const QString sizes = Words::tr("%1 of %2").arg(sizeText(progress.sent), sizeText(progress.bytes));
        const QString what = phaseText(progress.phase).chopped(1);
        return QStringLiteral("%1: %2").arg(what, sizes);
    }
    default:
        return phaseText(progress.phase);
    }
}

} // namespace workbench
