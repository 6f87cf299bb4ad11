// SPDX-License-Identifier: Apache-2.0
#include "core/hub/publish_plan.h"

#include "core/base/figures.h"
#include "core/bundle/bundle_names.h"
#include "core/bundle/dataset_info.h"
#include "core/guard/text_problem.h"
#include "core/schema/builtin_schemas.h"

#include <algorithm>
#include <array>

namespace workbench {

namespace {

constexpr std::uint64_t LargestInfo = 64U << 20;

/// The shipped schema that leaves out most of these features and not one that has values; null: none does.
SchemaPtr schemaWithout(const std::vector<std::string>& keys, const DatasetInfo& info)
{
    SchemaPtr best;
    for (const BuiltinSchema& shipped : builtinSchemas()) {
        const SchemaPtr schema = builtinSchema(shipped.name);
        const auto gone = [&schema](const std::string& key) { return !schema->indexOf(key); };
        const bool within = schema->features().size() < info.features.size()
            && std::ranges::all_of(info.features, [&](const Feature& feature) {
                   return !gone(feature.key) || std::ranges::find(keys, feature.key) != keys.end();
               });
        if (within && (!best || schema->features().size() < best->features().size())) {
            best = schema;
        }
    }
    return best;
}

/// Empty when every feature has a value in some row.
std::string valuelessWarning(const Verification& verification)
{
    constexpr std::size_t Named = 3;
    const std::vector<std::string>& keys = verification.featuresWithoutValue;
    if (keys.empty()) {
        return {};
    }
    const std::string count = std::to_string(keys.size());
    std::string text = keys.size() == 1 ? "1 feature has" : count + " features have";
    text += " no value in any row";
    if (const SchemaPtr schema = schemaWithout(keys, verification.info)) {
        const std::size_t gone = verification.info.features.size() - schema->features().size();
        return text + "; " + schema->name() + " is the schema without "
            + (gone < keys.size() ? std::to_string(gone) + " of them."
                    : gone == 1   ? "it."
                                  : "them.");
    }
    for (std::size_t i = 0; i < std::min(Named, keys.size()); ++i) {
        text += (i == 0 ? ": " : ", ") + keys[i];
    }
    return text + (keys.size() > Named ? " and " + std::to_string(keys.size() - Named) + " more." : ".");
}

/// Fills the checks one after the other; what comes behind a failed one that it needs stays open.
class Planner {
public:
    Planner(const PublishRequest& request, HubClient& client, const std::stop_token& stop,
        const PublishProgressFn& progress, const PublishPlanFn& begun)
        : m_request(request)
        , m_client(client)
        , m_stop(stop)
        , m_progress(progress)
        , m_begun(begun)
    {
        m_made.plan.repo = request.repo;
        m_made.plan.host = client.endpoint().host();
    }

    Result<PlannedPublish> run()
    {
        beforeAsking();
        if (const auto verified = verify(); !verified) {
            return verified.error();
        }
        // Nothing is asked of the Hub while something here at home refuses already.
        if (m_made.plan.refusal() == nullptr) {
            report(PublishPhase::Asking);
            tellBegun();
            askHub();
        }
        if (m_stop.stop_requested()) {
            return cancelledError();
        }
        fillOpen(m_made.plan);
        return std::move(m_made);
    }

private:
    void tellBegun() const
    {
        if (m_begun) {
            PublishPlan soFar = m_made.plan;
            fillOpen(soFar);
            m_begun(soFar);
        }
    }

    void check(PublishCheckKind kind, bool passed, std::string refusal, std::string found = {},
        PublishReason reason = PublishReason::Other)
    {
        put({kind, passed ? CheckState::Passed : CheckState::Failed,
            passed ? std::move(found) : std::move(refusal), passed ? PublishReason::Other : reason});
    }

    void put(PublishCheck made) { putCheck(m_made.plan, std::move(made)); }

    void beforeAsking()
    {
        check(PublishCheckKind::SwitchedOn, m_request.enabled,
            "Publishing is switched off. Set HF_EXPORT_ENABLED=true in .env to allow it.");
        check(PublishCheckKind::Token, m_request.hasToken,
            m_request.tokenSwitchedOff
                ? "HF_HUB_DISABLE_IMPLICIT_TOKEN is set, so no stored token is used. Unset it to publish."
                : "No Hub token was found. Set HF_TOKEN, or log in with the Hub's own program.",
            m_request.tokenFoundIn,
            m_request.tokenSwitchedOff ? PublishReason::Other : PublishReason::NoToken);
        if (m_request.hasToken && !m_request.tokenCaution.empty()) {
            put({PublishCheckKind::Token, CheckState::Warning, m_request.tokenCaution});
        }
        check(PublishCheckKind::Online, !m_request.offline,
            "HF_HUB_OFFLINE is set, so nothing is asked of the Hub. Unset it to publish.");
        const auto problem = repoIdProblem(m_request.repo);
        check(PublishCheckKind::RepoName, !problem,
            "This is not the name of a repository: " + problem.value_or("") + ". Use OWNER/NAME.");
        const auto message = problemOfCommitMessage(m_request.commitMessage);
        check(PublishCheckKind::CommitMessage, !message, message.value_or(""));
    }

    Result<void> verify()
    {
        report(PublishPhase::Verifying);
        auto verification
            = verifyBundle(m_request.bundleDir, m_request.schema, m_request.threads, m_stop, {});
        if (!verification) {
            if (verification.error().code == ErrorCode::Cancelled) {
                return verification.error();
            }
            check(PublishCheckKind::BundleVerifies, false,
                "The bundle does not verify: " + verification.error().message, {},
                PublishReason::NotVerified);
            return {};
        }
        PublishPlan& plan = m_made.plan;
        plan.verification = std::move(*verification);
        if (!plan.verification.passed()) {
            const VerificationProblem& first = plan.verification.problems.front();
            check(PublishCheckKind::BundleVerifies, false,
                "The bundle was changed after it was written: " + first.file + ": " + first.what
                    + (first.what.ends_with('.') ? " Export again." : ". Export again."));
            return {};
        }
        if (!plan.verification.cardIsKnown) {
            check(PublishCheckKind::BundleVerifies, false,
                "The bundle's card was written by another version, " + plan.verification.info.generator
                    + ", and its words cannot be checked. Export again.");
            return {};
        }
        auto files = identifyBundle(m_request.bundleDir, plan.verification.info, m_stop);
        if (!files) {
            if (files.error().code == ErrorCode::Cancelled) {
                return files.error();
            }
            check(PublishCheckKind::BundleVerifies, false, files.error().message);
            return {};
        }
        m_made.files = std::move(*files);
        plan.bundleDigest = bundleDigest(m_made.files);
        if (m_request.expectedDigest && *m_request.expectedDigest != plan.bundleDigest) {
            check(PublishCheckKind::BundleVerifies, false,
                "The bundle is another one than you looked at. Look again before you publish.", {},
                PublishReason::NotAsShown);
            return {};
        }
        const DatasetInfo& info = plan.verification.info;
        if (m_request.commitMessage.empty()) {
            plan.commitMessage = "Update " + info.schemaVersion
                + " dataset: " + counted(info.totalRows, "row", "rows") + ", " + info.schemaHash;
        } else if (!problemOfCommitMessage(m_request.commitMessage)) {
            plan.commitMessage = m_request.commitMessage;
        }
        check(PublishCheckKind::BundleVerifies, true, {},
            std::to_string(m_made.files.size()) + " files hashed again, "
                + counted(plan.verification.rowsGuarded, "row", "rows") + " guarded again");
        const std::string warning = valuelessWarning(plan.verification);
        put({PublishCheckKind::FeaturesWithoutValue,
            warning.empty() ? CheckState::Passed : CheckState::Warning, warning});
        return {};
    }

    void askHub()
    {
        PublishPlan& plan = m_made.plan;
        if (m_request.askWhoseToken) {
            auto user = m_client.whoami(m_stop);
            if (!user) {
                refuseBy(user.error);
                return;
            }
            plan.user = *user;
        }
        auto info = m_client.repoInfo(m_request.repo, m_stop);
        if (!info && info.error.fault != HubFault::NotFound) {
            refuseBy(info.error);
            return;
        }
        check(PublishCheckKind::HubAnswers, true, {}, plan.host);
        checkRights(!info);
        if (!info) {
            check(PublishCheckKind::Private, true, {},
                m_request.wantPrivate ? "will be created, private" : "will be created, public");
            check(PublishCheckKind::Schema, true, {}, "nothing is published yet");
            plan.published.state = PublishedDataset::State::Nothing;
            plan.files = planFiles(m_made.files, {});
            countBytes();
            checkHead();
            return;
        }
        plan.repoExists = true;
        plan.isPrivate = info->isPrivate;
        plan.head = info->head;
        if (const auto refusal = privacyRefusal(m_request.wantPrivate, *info)) {
            check(PublishCheckKind::Private, false, *refusal);
            readPublished(); // nothing will be sent, but a person sees what it would have changed
            return;
        }
        check(PublishCheckKind::Private, true, {},
            info->isPrivate.value_or(false) ? "private" : "public, as asked for");
        readPublished();
    }

    void checkRights(bool isNew)
    {
        const auto& user = m_made.plan.user;
        const std::string noRight = rightsRefusal(isNew);
        if (noRight.empty() && user && user->writesEverywhere()) {
            put({PublishCheckKind::MayWrite, CheckState::Warning,
                "This token may write everywhere that " + user->name + " may. A fine-grained one for "
                    + m_made.plan.repo + " alone is enough."});
            return;
        }
        check(PublishCheckKind::MayWrite, noRight.empty(), noRight,
            user ? "for " + user->name : std::string(),
            user && user->readOnly() ? PublishReason::Other : PublishReason::MayNotWrite);
    }

    /// As far as the Hub tells beforehand; empty when nothing speaks against writing.
    [[nodiscard]] std::string rightsRefusal(bool isNew) const
    {
        const std::string& repo = m_made.plan.repo;
        const auto& user = m_made.plan.user;
        if (!user || (isNew ? user->mayCreate(repo) : user->mayWriteTo(repo)).value_or(true)) {
            return {};
        }
        if (user->readOnly()) {
            return "This token may only read. Use one that may write to " + repo + ".";
        }
        const std::string owner = repo.substr(0, repo.find('/'));
        return "This token may not write to " + repo + ". " + user->name
            + (user->mayWriteTo(repo).value_or(true) ? " belongs to no organization called "
                                                     : " may only read in ")
            + owner + ". Choose another repository, or use a token that may.";
    }

    void readPublished()
    {
        PublishPlan& plan = m_made.plan;
        auto tree = m_client.tree(plan.repo, plan.head, m_stop);
        if (!tree) {
            refuseBy(tree.error);
            return;
        }
        m_made.tree = std::move(*tree);
        plan.files = planFiles(m_made.files, m_made.tree);
        countBytes();
        bool readable = true;
        if (!m_made.tree.contains(InfoName)) {
            if (!m_made.tree.contains(DatasetName)) {
                plan.published.state = PublishedDataset::State::Nothing;
            }
        } else {
            const auto text = m_client.fetch(plan.repo, plan.head, InfoName, LargestInfo, m_stop);
            if (!text && text.error.fault != HubFault::NotAHub) {
                refuseBy(text.error);
                return;
            }
            // A login page must not pass for a dataset of another schema.
            if (text && !isContentOf(*text, m_made.tree.at(InfoName))) {
                refuseBy({HubFault::NotAHub,
                    "The published dataset_info.json arrived with other bytes than the Hub lists. Is there a "
                    "login page or a proxy in between?",
                    0});
                return;
            }
            auto published = text ? parseDatasetInfo(*text, InfoName) : Result<DatasetInfo>(Error {});
            readable = static_cast<bool>(published);
            if (published) {
                plan.published = {PublishedDataset::State::Known, std::move(*published)};
            }
        }
        const std::string ours = plan.verification.info.schemaHash;
        if (!readable) {
            schemaCheck(
                "What is published says nothing of its schema: its dataset_info.json cannot be read.");
        } else if (plan.published.known() && plan.published.info.schemaHash != ours) {
            schemaCheck("The published schema is " + plan.published.info.schemaHash + ", this bundle is "
                + ours
                + ". Models trained on it would not fit. Allow the change, or export with the old schema.");
        } else {
            check(PublishCheckKind::Schema, true, {},
                plan.published.known() ? "unchanged"
                    : plan.published.state == PublishedDataset::State::Nothing
                    ? "nothing is published yet"
                    : "what is published names none");
        }
        checkHead();
    }

    void schemaCheck(std::string refusal)
    {
        put({PublishCheckKind::Schema, m_request.allowSchemaChange ? CheckState::Warning : CheckState::Failed,
            std::move(refusal)});
    }

    void checkHead()
    {
        const bool asShown = !m_request.expectedHead || *m_request.expectedHead == m_made.plan.head;
        check(PublishCheckKind::HeadAsShown, asShown,
            "The repository changed since you looked at it. Look again before you publish.");
    }

    void countBytes()
    {
        for (const PlannedFile& file : m_made.plan.files) {
            if (file.change == FileChange::Added || file.change == FileChange::Replaced) {
                m_made.plan.bytesToSend += file.after;
            }
        }
    }

    void refuseBy(const HubError& error)
    {
        if (m_made.plan.refusal() != nullptr) {
            return; // what was read for the picture's sake could not be read; the reason stays the same
        }
        check(isAboutRights(error.fault) ? PublishCheckKind::MayWrite : PublishCheckKind::HubAnswers, false,
            hubRefusal(error, m_request.repo, m_request.tokenFoundIn), {}, reasonOf(error));
    }

    /// What was not looked at is listed too, so that a person sees all there is to pass.
    static void fillOpen(PublishPlan& plan)
    {
        const auto& checks = plan.checks;
        for (int kind = 0; kind <= static_cast<int>(PublishCheckKind::HeadAsShown); ++kind) {
            const auto wanted = static_cast<PublishCheckKind>(kind);
            if (std::none_of(checks.begin(), checks.end(),
                    [wanted](const PublishCheck& c) { return c.kind == wanted; })) {
                putCheck(plan, {wanted, CheckState::Open, {}});
            }
        }
    }

    void report(PublishPhase phase)
    {
        if (m_progress) {
            PublishProgress progress;
            progress.phase = phase;
            m_progress(progress);
        }
    }

    const PublishRequest& m_request;
    HubClient& m_client;
    const std::stop_token& m_stop;
    const PublishProgressFn& m_progress;
    const PublishPlanFn& m_begun;
    PlannedPublish m_made;
};

} // namespace

const PublishCheck* PublishPlan::refusal() const
{
    const auto found = std::find_if(checks.begin(), checks.end(),
        [](const PublishCheck& check) { return check.state == CheckState::Failed; });
    return found == checks.end() ? nullptr : &*found;
}

bool PublishPlan::changesNothing() const
{
    return repoExists && std::all_of(files.begin(), files.end(), [](const PlannedFile& file) {
        return file.change == FileChange::Same;
    });
}

void putCheck(PublishPlan& plan, PublishCheck check)
{
    auto& checks = plan.checks;
    std::erase_if(checks, [&check](const PublishCheck& each) { return each.kind == check.kind; });
    const auto place = std::find_if(
        checks.begin(), checks.end(), [&check](const PublishCheck& each) { return each.kind > check.kind; });
    checks.insert(place, std::move(check));
}

bool isAboutRights(HubFault fault)
{
    return fault == HubFault::BadToken || fault == HubFault::NotAllowed || fault == HubFault::Gated;
}

PublishReason reasonOf(const HubError& error)
{
    switch (error.fault) {
    case HubFault::NotAllowed:
        return PublishReason::MayNotWrite;
    case HubFault::Offline:
        return PublishReason::NoAnswer;
    case HubFault::ServerTrouble:
        return error.status == 0 ? PublishReason::NoAnswer : PublishReason::Trouble;
    default:
        return PublishReason::Other;
    }
}

std::optional<std::string> privacyRefusal(bool wantPrivate, const RepoInfo& info)
{
    if (info.disabled) {
        return "This repository is disabled on the Hub.";
    }
    if (!wantPrivate || info.isPrivate == true) {
        return std::nullopt;
    }
    return info.isPrivate == false
        ? "Nothing can be published: this repository is public. Make it private on the Hub under Settings, "
          "Visibility, then check again."
        : "Nothing can be published: the Hub does not say whether this repository is private.";
}

std::string hubRefusal(const HubError& error, const std::string& repo, const std::string& tokenFoundIn)
{
    switch (error.fault) {
    case HubFault::BadToken:
        return "The Hub does not know this token. "
            + (tokenFoundIn.empty() ? std::string("Use another one")
                                    : "It comes from " + tokenFoundIn + ": put another one there")
            + (error.request.empty() ? "." : " (request " + error.request + ").");
    case HubFault::NotAllowed:
        return "This token may not write to " + repo + ". Use one that may. " + error.message;
    case HubFault::Gated:
        return repo + " is gated: access has to be asked for on the Hub. " + error.message;
    case HubFault::NotFound:
        return repo + " is not there, or this token may not see it. " + error.message;
    case HubFault::Offline:
        return "The Hub does not answer. " + error.message + ' ' + std::string(BundleStays);
    case HubFault::RateLimited:
        return "The Hub asks for patience: too many requests. Try again later. " + error.message;
    case HubFault::ServerTrouble:
        return (error.status == 0 ? "The Hub does not answer. " : "The Hub does not answer as it should. ")
            + error.message;
    default:
        return error.message;
    }
}

Result<PlannedPublish> planWithFiles(const PublishRequest& request, HubClient& client,
    const std::stop_token& stop, const PublishProgressFn& progress, const PublishPlanFn& begun)
{
    return Planner(request, client, stop, progress, begun).run();
}

Result<PublishPlan> planPublish(const PublishRequest& request, HubClient& client, const std::stop_token& stop,
    const PublishProgressFn& progress, const PublishPlanFn& begun)
{
    auto made = planWithFiles(request, client, stop, progress, begun);
    if (!made) {
        return made.error();
    }
    return std::move(made->plan);
}

} // namespace workbench
