// SPDX-License-Identifier: GPL-3.0-or-later
/// The publish sheet's sentences: checks, refusals with their remedy, and how it ended.
#pragma once

#include "ui/bridge/publish_runner.h"

#include <QString>

namespace workbench {

/// The button that helps with a refusal.
enum class PublishHelp { None, Settings, RepoSettings, AllowSchema, ExportAgain };

enum class PublishTone { Good, Note, Warning, Bad };

/// What stands across the sheet: what is so, why and what to do.
struct PublishMessage {
    PublishTone tone = PublishTone::Bad;
    QString title;
    QString text;
    PublishHelp help = PublishHelp::None;
    bool again = true; ///< offers to check again
};

[[nodiscard]] QString helpText(PublishHelp help); ///< of the button
[[nodiscard]] QString helpIcon(PublishHelp help);

/// "Repository is private", "Repository is public": what a check says in the state it is in.
[[nodiscard]] QString checkTitle(const PublishCheck& check, const PublishPlan& plan);
/// Below the title; empty when there is nothing to add.
[[nodiscard]] QString checkDetail(const PublishCheck& check, const PublishPlan& plan);
/// Whether a person sees it: that the head is as shown tells nothing before anything was shown.
[[nodiscard]] bool isListed(const PublishCheck& check);

/// A refusal; its last words are that nothing has been sent. `envFile` is where a setting may be changed.
[[nodiscard]] PublishMessage refusalMessage(
    const PublishCheck& refusal, const PublishPlan& plan, const QString& envFile);
/// The look itself could not be made: a broken env file, a bundle that is gone.
[[nodiscard]] PublishMessage lookFailedMessage(const Error& error);
/// The repository holds this bundle already.
[[nodiscard]] PublishMessage nothingToDoMessage(const PublishPlan& plan);
[[nodiscard]] PublishMessage outcomeMessage(const PublishOutcome& outcome, const QString& envFile);

/// "Uploading splits/real_hvac.jsonl: 1.2 MB of 2.9 MB".
[[nodiscard]] QString stepText(const PublishProgress& progress);
[[nodiscard]] QString phaseText(PublishPhase phase);

/// "Publish 1,214 rows".
[[nodiscard]] QString publishText(quint64 rows);

} // namespace workbench
