// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/push_report.h"

#include "app/export/words.h"

namespace workbench {

namespace {

constexpr std::size_t ChangeWidth = 10;
constexpr std::size_t PathWidth = 40;

const char* changeName(FileChange change)
{
    switch (change) {
    case FileChange::Deleted:
        return "deleted";
    case FileChange::Added:
        return "added";
    case FileChange::Replaced:
        return "replaced";
    case FileChange::Same:
        return "same";
    }
    return "same";
}

const char* checkName(PublishCheckKind kind)
{
    switch (kind) {
    case PublishCheckKind::SwitchedOn:
        return "switched_on";
    case PublishCheckKind::Token:
        return "token";
    case PublishCheckKind::Online:
        return "online";
    case PublishCheckKind::RepoName:
        return "repo_name";
    case PublishCheckKind::CommitMessage:
        return "commit_message";
    case PublishCheckKind::BundleVerifies:
        return "bundle_verifies";
    case PublishCheckKind::FeaturesWithoutValue:
        return "features_without_value";
    case PublishCheckKind::HubAnswers:
        return "hub_answers";
    case PublishCheckKind::MayWrite:
        return "may_write";
    case PublishCheckKind::Private:
        return "private";
    case PublishCheckKind::Schema:
        return "schema";
    case PublishCheckKind::HeadAsShown:
        return "head_as_shown";
    case PublishCheckKind::LastPush:
        return "last_push";
    }
    return "";
}

const char* stateName(CheckState state)
{
    switch (state) {
    case CheckState::Passed:
        return "passed";
    case CheckState::Warning:
        return "warning";
    case CheckState::Failed:
        return "failed";
    case CheckState::Open:
        return "open";
    }
    return "open";
}

Json textOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string sizesOf(const PlannedFile& file)
{
    return file.change == FileChange::Deleted ? sized(file.before)
        : file.change == FileChange::Replaced ? sized(file.before) + " -> " + sized(file.after)
                                              : sized(file.after);
}

} // namespace

std::string planText(const PublishPlan& plan, const Output& output)
{
    std::string text = plan.repo + " on " + plan.host + "\n";
    for (const PublishCheck& check : plan.checks) {
        if (check.state == CheckState::Warning
            || (check.kind == PublishCheckKind::Private && check.state == CheckState::Passed)) {
            text += check.detail + '\n';
        }
    }
    for (const PlannedFile& file : plan.files) {
        const Tone tone = file.change == FileChange::Deleted ? Tone::Bad
            : file.change == FileChange::Same                ? Tone::Dim
                                                             : Tone::Plain;
        text += output.painted(padded(changeName(file.change), ChangeWidth) + padded(file.path, PathWidth)
                + sizesOf(file) + '\n',
            tone);
    }
    if (plan.refusal() == nullptr) {
        text += plan.changesNothing()
            ? "Nothing to do: the Hub holds this bundle already.\n"
            : "One commit, " + sized(plan.bytesToSend) + " to send: " + plan.commitMessage + '\n';
    }
    return text;
}

std::string publishedText(const PublishOutcome& outcome, const Output& output)
{
    if (!outcome.published || outcome.error) {
        return {};
    }
    const std::string what = outcome.committed
        ? "Published, read back and the same"
        : std::string("Nothing to do: the Hub holds this bundle already");
    std::string warnings;
    for (const PublishCheck& check : outcome.plan.checks) {
        warnings += check.state == CheckState::Warning ? check.detail + '\n' : std::string();
    }
    return warnings + output.painted(what, Tone::Good) + "\nRevision  " + outcome.revision + "\nURL       "
        + outcome.url + '\n';
}

Json pushJson(const PushReceipt& receipt)
{
    return {{"pushed", receipt.pushed}, {"repo", receipt.repo}, {"revision", textOrNull(receipt.revision)},
        {"url", textOrNull(receipt.url)}, {"error", textOrNull(receipt.error)}};
}

Json planJson(const PublishPlan& plan)
{
    Json checks = Json::array();
    for (const PublishCheck& check : plan.checks) {
        checks.push_back({{"check", checkName(check.kind)}, {"state", stateName(check.state)},
            {"detail", textOrNull(check.detail)}});
    }
    Json files = Json::array();
    for (const PlannedFile& file : plan.files) {
        files.push_back({{"path", file.path}, {"change", changeName(file.change)},
            {"bytes_before", file.before}, {"bytes_after", file.after}});
    }
    return {{"repo_exists", plan.repoExists}, {"private", plan.isPrivate ? Json(*plan.isPrivate) : Json()},
        {"head", textOrNull(plan.head)}, {"commit_message", textOrNull(plan.commitMessage)},
        {"bundle_digest", textOrNull(plan.bundleDigest)}, {"bytes_to_send", plan.bytesToSend},
        {"checks", checks}, {"files", files}};
}

} // namespace workbench
