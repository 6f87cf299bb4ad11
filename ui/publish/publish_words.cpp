// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/publish_words.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace workbench {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("PublishWords", text); }

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

QString withoutStart(const QString& text, const char* start)
{
    const QLatin1String known(start);
    return text.startsWith(known) ? text.mid(known.size()) : text;
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
        return PublishHelp::ExportAgain;
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
        break;
    }
    return PublishHelp::None;
}

QString readBackText(const PublishOutcome& outcome)
{
    const auto changes = static_cast<std::size_t>(std::count_if(outcome.plan.files.begin(),
        outcome.plan.files.end(), [](const PlannedFile& file) { return file.change != FileChange::Same; }));
    return tr("%1 of %2 changes read back.").arg(countText(outcome.changesReadBack), countText(changes));
}

} // namespace

QString publishText(quint64 rows)
{
    return rows == 1 ? tr("Publish 1 row") : tr("Publish %1 rows").arg(countText(rows));
}

QString helpText(PublishHelp help)
{
    switch (help) {
    case PublishHelp::None:
        return {};
    case PublishHelp::Settings:
        return tr("Open Settings");
    case PublishHelp::RepoSettings:
        return tr("Open its settings");
    case PublishHelp::AllowSchema:
        return tr("Allow the schema change");
    case PublishHelp::ExportAgain:
        return tr("Export again…");
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
        return tr("Features without a value");
    case PublishCheckKind::HubAnswers:
        return tr("The Hub's answer");
    case PublishCheckKind::MayWrite:
        return tr("The token's right to write");
    case PublishCheckKind::Private:
        return tr("Who may read the repository");
    case PublishCheckKind::Schema:
        return tr("The published schema");
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
        return failed ? tr("Publishing is switched off") : tr("Publishing is switched on");
    case PublishCheckKind::Token:
        return failed ? tr("No token was found") : tr("A token was found");
    case PublishCheckKind::Online:
        return failed ? tr("The Hub may not be asked") : tr("The Hub may be asked");
    case PublishCheckKind::RepoName:
        return failed ? tr("The repository has no name") : tr("The repository is named");
    case PublishCheckKind::CommitMessage:
        return failed ? tr("The commit message may not leave") : tr("The commit message may leave");
    case PublishCheckKind::BundleVerifies:
        return failed ? tr("The bundle does not verify") : tr("Bundle verifies");
    case PublishCheckKind::FeaturesWithoutValue:
        return check.state == CheckState::Warning ? tr("Some features have no value")
                                                  : tr("Every feature has a value");
    case PublishCheckKind::HubAnswers:
        return !failed ? tr("Hub answers")
            : split(toQt(check.detail)).first == QLatin1String("The Hub does not answer.")
            ? tr("The Hub does not answer")
            : tr("The Hub does not answer as it should");
    case PublishCheckKind::MayWrite:
        return failed ? tr("The token may not write") : tr("Token may write");
    case PublishCheckKind::Private:
        if (failed) {
            return plan.isPrivate == false ? tr("Repository is public") : tr("Repository cannot be used");
        }
        return check.state == CheckState::Passed && plan.isPrivate == false ? tr("Repository is public")
                                                                            : tr("Repository is private");
    case PublishCheckKind::Schema:
        return failed || check.state == CheckState::Warning ? tr("Schema is another one")
                                                            : tr("Schema is unchanged");
    case PublishCheckKind::HeadAsShown:
        return failed ? tr("Repository changed meanwhile") : tr("Repository is as shown");
    }
    return {};
}

namespace {

/// Why a check failed, in one sentence that the title has not said already.
QString reason(const PublishCheck& check, const PublishPlan& plan)
{
    const Sentences said = split(withoutStart(toQt(check.detail), "The bundle does not verify: "));
    const bool told = said.first == checkTitle(check, plan) + QLatin1Char('.')
        || said.first.startsWith(QLatin1String("This token may not write"))
        || said.first == QLatin1String("No Hub token was found.");
    return told && !said.rest.isEmpty() ? split(said.rest).first : said.first;
}

} // namespace

QString checkDetail(const PublishCheck& check, const PublishPlan& plan)
{
    const QString detail = toQt(check.detail);
    if (check.state == CheckState::Open) {
        return tr("not looked at yet");
    }
    switch (check.kind) {
    case PublishCheckKind::Token:
        return check.state == CheckState::Passed ? tr("from %1").arg(detail) : reason(check, plan);
    case PublishCheckKind::Private:
        if (check.state == CheckState::Failed) {
            return tr("This workbench publishes to private ones only");
        }
        return detail == QLatin1String("private") ? QString() : detail;
    case PublishCheckKind::Schema:
        return check.state == CheckState::Passed ? (detail == QLatin1String("unchanged") ? QString() : detail)
            : check.state == CheckState::Warning ? tr("the change is allowed")
                                                 : reason(check, plan);
    default:
        return check.state == CheckState::Failed ? reason(check, plan) : detail;
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

QString asItWas() { return tr("Nothing was committed: the dataset on the Hub is as it was."); }

PublishMessage refusalWith(const PublishCheck& refusal, const PublishPlan& plan, const QString& ending)
{
    PublishMessage message;
    const Sentences said = split(withoutEnding(toQt(refusal.detail)));
    message.title = said.first;
    message.text = said.rest;
    message.help = helpFor(refusal, plan);
    if (refusal.kind == PublishCheckKind::Token && said.first == QLatin1String("No Hub token was found.")) {
        message.text = tr("Enter one in Settings, or set HF_TOKEN.");
    } else if (refusal.kind == PublishCheckKind::HubAnswers) {
        const QString later = tr("The bundle is complete on this computer and can be published later.");
        message.text = said.rest.contains(later) ? said.rest : joined(said.rest, later);
    } else if (refusal.kind == PublishCheckKind::Private && plan.isPrivate == false) {
        message.text = joined(tr("Anyone could read the rows."), said.rest);
    }
    message.text = joined(message.text, ending);
    return message;
}

} // namespace

PublishMessage refusalMessage(const PublishCheck& refusal, const PublishPlan& plan)
{
    return refusalWith(refusal, plan, tr("Nothing has been sent."));
}

PublishMessage lookFailedMessage(const Error& error)
{
    return {PublishTone::Bad, tr("Publishing cannot be looked at."),
        joined(toQt(error.message), tr("Nothing has been sent.")), PublishHelp::None, true};
}

PublishMessage nothingToDoMessage(const PublishPlan& plan)
{
    return {PublishTone::Good, tr("Nothing to do: the Hub holds this bundle already."),
        tr("Revision %1. Every file there is the same, byte for byte.").arg(toQt(plan.head)),
        PublishHelp::None, false};
}

PublishMessage outcomeMessage(const PublishOutcome& outcome)
{
    const QString said = outcome.error ? toQt(outcome.error->message) : QString();
    if (outcome.unknown) {
        return {PublishTone::Warning, tr("Nobody can say yet whether this was published."),
            joined(said,
                tr("Check again as soon as the Hub answers: the bundle is recognised there, and nothing is "
                   "published twice.")),
            PublishHelp::None, true};
    }
    if (!outcome.error) {
        const QString revision = tr("Revision %1.").arg(toQt(outcome.revision));
        if (!outcome.committed) {
            return {PublishTone::Good, tr("Nothing to do: the Hub holds this bundle already."), revision,
                PublishHelp::None, false};
        }
        const quint64 rows = outcome.plan.verification.info.totalRows;
        return {PublishTone::Good,
            rows == 1 ? tr("1 row is published.") : tr("%1 rows are published.").arg(countText(rows)),
            joined(revision, readBackText(outcome)), PublishHelp::None, false};
    }
    if (outcome.committed) {
        return {PublishTone::Warning,
            outcome.published ? tr("The commit was made, but could not be read back.")
                              : tr("The Hub holds other bytes than were sent."),
            said, PublishHelp::None, true};
    }
    if (outcome.error->code == ErrorCode::Cancelled) {
        return {PublishTone::Note, tr("Cancelled."), asItWas(), PublishHelp::None, true};
    }
    if (const PublishCheck* refusal = outcome.plan.refusal()) {
        return outcome.begun ? refusalWith(*refusal, outcome.plan, asItWas())
                             : refusalMessage(*refusal, outcome.plan);
    }
    const Sentences sentences = split(withoutEnding(said));
    return {PublishTone::Bad, sentences.first, joined(sentences.rest, asItWas()), PublishHelp::None, true};
}

QString phaseText(PublishPhase phase)
{
    switch (phase) {
    case PublishPhase::Verifying:
        return tr("Verifying the bundle: every file is hashed, every row guarded again.");
    case PublishPhase::Asking:
        return tr("Asking the Hub.");
    case PublishPhase::Uploading:
        return tr("Uploading.");
    case PublishPhase::Committing:
        return tr("Making the commit.");
    case PublishPhase::ReadingBack:
        return tr("Reading back every size and hash.");
    case PublishPhase::Waiting:
        return tr("Waiting.");
    }
    return {};
}

QString stepText(const PublishProgress& progress)
{
    switch (progress.phase) {
    case PublishPhase::Uploading:
    case PublishPhase::Committing: {
        if (progress.phase == PublishPhase::Committing && progress.sent >= progress.bytes) {
            return tr("Making the commit: all is sent, the Hub's answer is waited for.");
        }
        const QString sizes = tr("%1 of %2").arg(sizeText(progress.sent), sizeText(progress.bytes));
        const QString what = phaseText(progress.phase).chopped(1);
        return QStringLiteral("%1: %2").arg(what, sizes);
    }
    default:
        return phaseText(progress.phase);
    }
}

} // namespace workbench
