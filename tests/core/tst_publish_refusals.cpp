// SPDX-License-Identifier: Apache-2.0
#include "core/base/sha256.h"
#include "core/hub/publish_files.h"
#include "core/schema/builtin_schemas.h"
#include "tests/support/fault_matrix.h"

#include <QtTest>

#include <filesystem>

using namespace workbench;
using fakehub::FakeHub;

namespace {

constexpr const char* Repo = HubWorld::Repo;

} // namespace

class PublishRefusalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_refusal_of_ours_asks_the_hub_nothing_data();
    void a_refusal_of_ours_asks_the_hub_nothing();
    void a_bundle_that_was_edited_is_refused_data();
    void a_bundle_that_was_edited_is_refused();
    void a_statement_edited_between_verifying_and_reading_it_again_is_refused();
    void a_card_whose_words_nobody_here_wrote_is_refused_data();
    void a_card_whose_words_nobody_here_wrote_is_refused();
    void a_public_repository_gets_not_one_byte_while_private_is_wanted();
    void a_repository_of_unknown_visibility_gets_not_one_byte();
    void a_repository_that_turns_out_public_after_creation_gets_not_one_byte();
    void another_published_schema_is_a_mismatch_unless_allowed();
    void what_cannot_be_read_as_a_schema_is_a_mismatch_too();
    void a_published_statement_without_end_is_a_mismatch_too();
    void a_head_other_than_the_shown_one_is_refused();
    void a_token_that_may_not_is_refused_data();
    void a_token_that_may_not_is_refused();
    void a_token_for_elsewhere_is_told_where_it_may_not_data();
    void a_token_for_elsewhere_is_told_where_it_may_not();
    void a_token_whose_rights_nobody_tells_may_try_data();
    void a_token_whose_rights_nobody_tells_may_try();
    void a_refusal_of_the_hub_is_about_one_check_data();
    void a_refusal_of_the_hub_is_about_one_check();
    void a_gated_disabled_or_renamed_repository_is_refused_data();
    void a_gated_disabled_or_renamed_repository_is_refused();
};

void PublishRefusalsTest::a_refusal_of_ours_asks_the_hub_nothing_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("says");
    QTest::newRow("switched off") << 0 << QString("HF_EXPORT_ENABLED=true");
    QTest::newRow("no token") << 1 << QString("No Hub token was found");
    QTest::newRow("offline") << 2 << QString("HF_HUB_OFFLINE is set");
    QTest::newRow("no repository id") << 3 << QString("not the name of a repository");
    QTest::newRow("no bundle") << 4 << QString("does not verify");
    QTest::newRow("a commit message for somebody") << 5 << QString("an e-mail address (email)");
}

void PublishRefusalsTest::a_refusal_of_ours_asks_the_hub_nothing()
{
    QFETCH(int, which);
    QFETCH(QString, says);
    HubWorld world;
    PushJob job = world.job();
    switch (which) {
    case 0:
        job.publish.enabled = false;
        break;
    case 1:
        job.hub.token.reset();
        break;
    case 2:
        job.hub.offline = true;
        break;
    case 3:
        job.publish.repo = "lab/../signals";
        break;
    case 5:
        job.publish.commitMessage = "for sam@example.com";
        break;
    default:
        job.publish.bundleDir = world.folder.path("out/none");
        break;
    }
    const PushResult result = world.push(job);
    QVERIFY(result.outcome.error);
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY(!result.outcome.published && result.outcome.revision.empty());
    QVERIFY(!messageOf(result).contains(QLatin1String("sam")));
    QVERIFY(result.outcome.plan.commitMessage.find("sam") == std::string::npos);
    QVERIFY(world.hub.requests().empty());
}

void PublishRefusalsTest::a_bundle_that_was_edited_is_refused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("removed");
    QTest::newRow("a row") << "dataset.jsonl" << false;
    QTest::newRow("a split") << "splits/mock_hvac.jsonl" << false;
    QTest::newRow("the card") << "README.md" << false;
    QTest::newRow("the statement") << "dataset_info.json" << false;
    QTest::newRow("a file by hand") << "extra.jsonl" << false;
    QTest::newRow("a split by hand") << "splits/extra.jsonl" << false;
    QTest::newRow("a split gone") << "splits/mock_hvac.jsonl" << true;
}

void PublishRefusalsTest::a_bundle_that_was_edited_is_refused()
{
    QFETCH(QString, file);
    QFETCH(bool, removed);
    HubWorld world;
    const std::string name = "out/first/" + file.toStdString();
    if (removed) {
        std::filesystem::remove(world.folder.path(name));
    } else {
        const bool there = std::filesystem::exists(world.folder.path(name));
        std::string bytes = there ? world.folder.read(name) : std::string("{}\n");
        const std::size_t digit = bytes.find_first_of("123456789");
        bytes[digit == std::string::npos ? 0 : digit] = '0';
        world.folder.write(name, bytes);
    }
    const auto entries = world.folder.entries();
    const PushResult result = world.push();
    QVERIFY(result.outcome.error);
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QVERIFY(world.hub.requests().empty());
    QCOMPARE(world.folder.entries(), entries);
}

/// Nothing states its hash, so what was verified is all that it can be held against.
void PublishRefusalsTest::a_statement_edited_between_verifying_and_reading_it_again_is_refused()
{
    const HubWorld world;
    const std::string bundle = world.folder.path("out/first");
    const std::string name = "out/first/dataset_info.json";
    const std::string before = world.folder.read(name);
    const auto verified = verifyBundle(bundle, nullptr, 1, {}, {});
    QVERIFY(verified && verified->passed());
    QVERIFY(identifyBundle(bundle, verified->info, {}));
    world.folder.write(name, "{\n  \"note\": \"x\"," + before.substr(1));
    const auto changed = identifyBundle(bundle, verified->info, {});
    QVERIFY(!changed);
    QCOMPARE(changed.error().code, ErrorCode::PushRefused);
    QCOMPARE(changed.error().where, std::string("dataset_info.json"));
}

void PublishRefusalsTest::a_card_whose_words_nobody_here_wrote_is_refused_data()
{
    QTest::addColumn<QString>("generator");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("says"); ///< empty: published
    QTest::newRow("another version, its own words") << "signals-workbench 0.0.9"
                                                    << "Ask jane.doe@example.com.\n"
                                                    << "its words cannot be checked";
    QTest::newRow("another version, words as of this one") << "signals-workbench 0.0.9"
                                                           << ""
                                                           << "";
    QTest::newRow("another program") << "made by jane.doe@example.com"
                                     << ""
                                     << "is no version of this program";
}

/// All sums are right: that the words are safe only says who wrote them.
void PublishRefusalsTest::a_card_whose_words_nobody_here_wrote_is_refused()
{
    QFETCH(QString, generator);
    QFETCH(QString, words);
    QFETCH(QString, says);
    HubWorld world;
    auto info = parseDatasetInfo(world.folder.read("out/first/dataset_info.json"), "test");
    QVERIFY(info);
    info->generator = generator.toStdString();
    const std::string card = datasetCard(*info, *defaultSchema()) + words.toStdString();
    info->files["README.md"] = {card.size(), 0, Sha256::of(card)};
    world.folder.write("out/first/README.md", card);
    world.folder.write("out/first/dataset_info.json", toJson(*info));
    const PushResult result = world.push();
    QCOMPARE(result.outcome.published, says.isEmpty());
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY(!messageOf(result).contains("jane.doe"));
    QCOMPARE(world.hub.requests().empty(), !says.isEmpty());
}

void PublishRefusalsTest::a_public_repository_gets_not_one_byte_while_private_is_wanted()
{
    HubWorld world;
    world.hub.createRepository(Repo, false);
    const auto before = world.hub.snapshot(Repo);
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("this repository is public"), qPrintable(messageOf(result)));
    QVERIFY(nothingLeft(world.hub));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishRefusalsTest::a_repository_of_unknown_visibility_gets_not_one_byte()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    for (const char* const visibility :
        {"", R"(,"private":null)", R"(,"private":"true")", R"(,"private":1)"}) {
        world.hub.clearFaults();
        world.hub.fail({.kind = fakehub::FaultKind::Answer,
            .method = "GET",
            .path = "/api/datasets/lab/signals",
            .times = 0,
            .body
            = R"({"id":"lab/signals","sha":")" + world.hub.snapshot(Repo).head + "\"" + visibility + "}"});
        const PushResult result = world.push();
        QVERIFY2(messageOf(result).contains("does not say whether"), qPrintable(messageOf(result)));
        QVERIFY(nothingLeft(world.hub));
    }
}

void PublishRefusalsTest::a_repository_that_turns_out_public_after_creation_gets_not_one_byte()
{
    HubWorld world;
    // Somebody else makes it, public, between our look and our creation.
    world.hub.createRepository(Repo, false);
    world.hub.fail({.kind = fakehub::FaultKind::Status,
        .method = "GET",
        .path = "/api/datasets/lab/signals",
        .status = 404,
        .errorCode = "RepoNotFound"});
    const auto before = world.hub.snapshot(Repo);
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains("this repository is public"), qPrintable(messageOf(result)));
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
    QCOMPARE(world.hub.count("POST", "/api/*/preupload/*"), std::size_t(0));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishRefusalsTest::another_published_schema_is_a_mismatch_unless_allowed()
{
    HubWorld world;
    QVERIFY(world.push().outcome.published);
    world.exportWith("core48", "signals_v1_core48");
    const auto before = world.hub.snapshot(Repo);
    world.hub.clearRequests();
    PushJob job = world.job("core48");
    const PushResult refused = world.push(job);
    QVERIFY(refused.outcome.error);
    QCOMPARE(refused.outcome.error->code, ErrorCode::SchemaMismatch);
    QVERIFY2(messageOf(refused).contains("c47f7d39") && messageOf(refused).contains("3e09b767"),
        qPrintable(messageOf(refused)));
    QVERIFY(nothingLeft(world.hub));
    QCOMPARE(world.hub.snapshot(Repo), before);
    job.publish.allowSchemaChange = true;
    const PushResult allowed = world.push(job);
    QVERIFY2(allowed.outcome.published, qPrintable(messageOf(allowed)));
    QVERIFY(world.holds("core48"));
}

void PublishRefusalsTest::what_cannot_be_read_as_a_schema_is_a_mismatch_too()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    world.hub.commitFiles(Repo, {{"dataset_info.json", "{}"}});
    const PushResult result = world.push();
    QVERIFY(result.outcome.error);
    QCOMPARE(result.outcome.error->code, ErrorCode::SchemaMismatch);
    QVERIFY(nothingLeft(world.hub));
}

/// More than is ever read of one: it is not known, and is no login page either.
void PublishRefusalsTest::a_published_statement_without_end_is_a_mismatch_too()
{
    HubWorld world;
    seedOlder(world);
    const auto before = world.hub.snapshot(Repo);
    world.hub.fail({.kind = fakehub::FaultKind::HugeJson,
        .method = "GET",
        .path = "/datasets/lab/signals/resolve/*/dataset_info.json",
        .times = 1,
        .bytes = (std::uint64_t {64} << 20) + 1});
    const PushResult refused = world.push();
    QVERIFY(refused.outcome.error);
    QCOMPARE(refused.outcome.error->code, ErrorCode::SchemaMismatch);
    QVERIFY2(
        messageOf(refused).contains("its dataset_info.json cannot be read"), qPrintable(messageOf(refused)));
    QVERIFY(!refused.outcome.plan.published.known());
    QVERIFY(nothingLeft(world.hub));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishRefusalsTest::a_head_other_than_the_shown_one_is_refused()
{
    HubWorld world;
    world.hub.createRepository(Repo);
    PushJob job = world.job();
    job.publish.expectedHead = world.hub.snapshot(Repo).head;
    world.hub.commitFiles(Repo, {{"NOTES.md", "mine"}});
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains("changed since you looked"), qPrintable(messageOf(result)));
    QVERIFY(nothingLeft(world.hub));
}

void PublishRefusalsTest::a_token_that_may_not_is_refused_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("exists");
    QTest::addColumn<QString>("says");
    QTest::newRow("read, existing") << FakeHub::ReadToken << true << "may not write to lab/signals";
    QTest::newRow("read, new") << FakeHub::ReadToken << false << "may not write to lab/signals";
    QTest::newRow("stranger, existing") << FakeHub::ReaderToken << true << "may not write to lab/signals";
    QTest::newRow("stranger, new") << FakeHub::ReaderToken << false << "may not write to lab/signals";
    QTest::newRow("revoked, existing") << FakeHub::RevokedToken << true << "does not know this token";
    QTest::newRow("revoked, new") << FakeHub::RevokedToken << false << "does not know this token";
    QTest::newRow("invented") << "hf_invented" << true << "does not know this token";
}

void PublishRefusalsTest::a_token_that_may_not_is_refused()
{
    QFETCH(QString, token);
    QFETCH(bool, exists);
    QFETCH(QString, says);
    HubWorld world;
    if (exists) {
        world.hub.createRepository(Repo);
    }
    const auto before = world.hub.snapshot(Repo);
    const PushResult result = world.push(world.job("first", token.toUtf8().constData()));
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY(!messageOf(result).contains(token));
    QVERIFY(!result.outcome.published);
    QCOMPARE(world.hub.uploadedBytes(), std::uint64_t(0));
    QCOMPARE(world.hub.snapshot(Repo), before);
}

void PublishRefusalsTest::a_token_for_elsewhere_is_told_where_it_may_not_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("repo");
    QTest::addColumn<QString>("says");
    QTest::newRow("only read") << FakeHub::ReadToken << "lab/signals"
                               << "This token may only read. Use one that may write to lab/signals.";
    QTest::newRow("a reader of the organization") << FakeHub::ReaderToken << "lab/signals"
                                                  << "This token may not write to lab/signals. otto may only "
                                                     "read in lab. Choose another repository, or "
                                                     "use a token that may.";
    QTest::newRow("a stranger to it") << FakeHub::WriteToken << "closed/signals"
                                      << "This token may not write to closed/signals. lena belongs to no "
                                         "organization called closed. Choose "
                                         "another repository, or use a token that may.";
}

void PublishRefusalsTest::a_token_for_elsewhere_is_told_where_it_may_not()
{
    QFETCH(QString, token);
    QFETCH(QString, repo);
    QFETCH(QString, says);
    HubWorld world;
    world.hub.add(fakehub::Organization {.name = "closed"});
    PushJob job = world.job("first", token.toUtf8().constData());
    job.publish.repo = repo.toStdString();
    job.publish.askWhoseToken = true;
    const PushResult result = world.push(job);
    QCOMPARE(messageOf(result), says);
    QVERIFY(nothingLeft(world.hub));
}

void PublishRefusalsTest::a_token_whose_rights_nobody_tells_may_try_data()
{
    QTest::addColumn<bool>("exists");
    QTest::newRow("there") << true;
    QTest::newRow("new") << false;
}

/// What a fine-grained token may do is not told beforehand: only trying shows, and nobody is warned of it.
void PublishRefusalsTest::a_token_whose_rights_nobody_tells_may_try()
{
    QFETCH(bool, exists);
    HubWorld world;
    if (exists) {
        world.hub.createRepository(Repo);
    }
    PushJob job = world.job("first", FakeHub::FineGrainedToken);
    job.publish.askWhoseToken = true;
    const PushResult result = world.push(job);
    const PublishCheck* const check = checkOf(result.outcome.plan, PublishCheckKind::MayWrite);
    QVERIFY(check != nullptr);
    QCOMPARE(check->state, CheckState::Passed);
    QCOMPARE(check->detail, std::string("for lena"));
    QVERIFY2(result.outcome.published, qPrintable(messageOf(result)));
}

void PublishRefusalsTest::a_refusal_of_the_hub_is_about_one_check_data()
{
    QTest::addColumn<int>("status"); ///< 0: nobody answers
    QTest::addColumn<QString>("errorCode");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, int status, const char* errorCode, PublishCheckKind kind,
                         PublishReason reason, const char* says) {
        QTest::newRow(name) << status << QString(errorCode) << static_cast<int>(kind)
                            << static_cast<int>(reason) << QString(says);
    };
    using Kind = PublishCheckKind;
    row("nobody answers", 0, "", Kind::HubAnswers, PublishReason::NoAnswer, "The Hub does not answer. ");
    row("trouble there", 500, "", Kind::HubAnswers, PublishReason::Trouble,
        "The Hub does not answer as it should. ");
    row("too many requests", 429, "", Kind::HubAnswers, PublishReason::Other, "asks for patience");
    row("a token without the right", 403, "", Kind::MayWrite, PublishReason::MayNotWrite,
        "may not write to lab/signals");
    row("a gated repository", 403, "GatedRepo", Kind::MayWrite, PublishReason::Other, "is gated");
}

/// What a person is shown: which check failed, in which words, and whether trying again may help.
void PublishRefusalsTest::a_refusal_of_the_hub_is_about_one_check()
{
    QFETCH(int, status);
    QFETCH(QString, errorCode);
    QFETCH(int, kind);
    QFETCH(int, reason);
    QFETCH(QString, says);
    HubWorld world;
    world.hub.createRepository(Repo);
    fakehub::Fault fault {.path = "/api/datasets/lab/signals",
        .times = 0,
        .status = status,
        .errorCode = errorCode.toStdString()};
    if (status == 0) {
        fault.kind = fakehub::FaultKind::Close;
    }
    world.hub.fail(fault);
    const auto plan = planPush(world.job(), {}, {});
    QVERIFY(plan);
    const PublishCheck* const refusal = plan->refusal();
    QVERIFY(refusal != nullptr);
    QCOMPARE(static_cast<int>(refusal->kind), kind);
    QCOMPARE(static_cast<int>(refusal->reason), reason);
    QVERIFY2(refusal->detail.find(says.toStdString()) != std::string::npos, refusal->detail.c_str());
    QVERIFY(nothingLeft(world.hub));
}

void PublishRefusalsTest::a_gated_disabled_or_renamed_repository_is_refused_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("says");
    QTest::newRow("gated") << 0 << "is gated";
    QTest::newRow("disabled") << 1 << "disabled";
    QTest::newRow("renamed") << 2 << "is now called lab/other";
}

void PublishRefusalsTest::a_gated_disabled_or_renamed_repository_is_refused()
{
    QFETCH(int, which);
    QFETCH(QString, says);
    HubWorld world;
    world.hub.createRepository(Repo);
    if (which == 0) {
        world.hub.fail({.method = "GET",
            .path = "/api/datasets/lab/signals",
            .times = 0,
            .status = 403,
            .errorCode = "GatedRepo"});
    } else if (which == 1) {
        world.hub.setDisabled(Repo, true);
    } else {
        world.hub.rename(Repo, "lab/other");
    }
    const PushResult result = world.push();
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY(nothingLeft(world.hub));
}

QTEST_GUILESS_MAIN(PublishRefusalsTest)
#include "tst_publish_refusals.moc"
