// SPDX-License-Identifier: Apache-2.0
// A connection that is not to be trusted, or not to be had: its own sentence, and nothing is sent.
#include "tests/support/fault_matrix.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace workbench;
using fakehub::CertificateWish;

class PublishTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void a_trusted_certificate_publishes_over_tls();
    void a_bad_certificate_gets_its_own_sentence_and_not_one_byte_data();
    void a_bad_certificate_gets_its_own_sentence_and_not_one_byte();
    void a_hub_that_cannot_be_reached_gets_its_own_sentence_data();
    void a_hub_that_cannot_be_reached_gets_its_own_sentence();
};

void PublishTlsTest::a_trusted_certificate_publishes_over_tls()
{
    const fakehub::Tls tls = fakehub::selfSigned({});
    HubWorld world(smallParts(), tls);
    seedOlder(world);
    PushJob job = world.job();
    job.hub.trustFile = world.folder.write("trusted.pem", tls.certificate);
    const PushResult result = world.push(job);
    QVERIFY2(result.outcome.published && !result.outcome.error, qPrintable(messageOf(result)));
    QVERIFY(world.holds("first"));
}

void PublishTlsTest::a_bad_certificate_gets_its_own_sentence_and_not_one_byte_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("validFrom");
    QTest::addColumn<int>("validTo");
    QTest::addColumn<QString>("trust"); ///< "it", "nothing of it", "no file"
    QTest::addColumn<QString>("protocols");
    QTest::addColumn<QString>("says");
    const QString here = "127.0.0.1";
    QTest::newRow("expired") << here << -30 << -2 << "it"
                             << ""
                             << "has expired";
    QTest::newRow("not valid yet") << here << 2 << 30 << "it"
                                   << ""
                                   << "is not valid yet";
    QTest::newRow("of another name") << "10.1.2.3" << -1 << 30 << "it"
                                     << ""
                                     << "made out to another name";
    QTest::newRow("signed by itself") << here << -1 << 30 << "nothing of it"
                                      << ""
                                      << "nobody this computer trusts";
    QTest::newRow("old protocol") << here << -1 << 30 << "it"
                                  << "NORMAL:-VERS-ALL:+VERS-TLS1.0"
                                  << "no secure connection could be agreed on";
    QTest::newRow("trust cannot be read") << here << -1 << 30 << "no file"
                                          << ""
                                          << "SSL_CERT_FILE";
}

void PublishTlsTest::a_bad_certificate_gets_its_own_sentence_and_not_one_byte()
{
    QFETCH(QString, address);
    QFETCH(int, validFrom);
    QFETCH(int, validTo);
    QFETCH(QString, trust);
    QFETCH(QString, protocols);
    QFETCH(QString, says);
    fakehub::Tls tls = fakehub::selfSigned(
        {.address = address.toStdString(), .validFromDays = validFrom, .validToDays = validTo});
    tls.priorities = protocols.toStdString();
    HubWorld world({}, tls);
    PushJob job = world.job();
    if (trust == "it") {
        job.hub.trustFile = world.folder.write("trusted.pem", tls.certificate);
    } else if (trust == "no file") {
        job.hub.trustFile = world.folder.path("none.pem");
    }
    const PushPromise promise(world);
    QElapsedTimer took;
    took.start();
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QVERIFY(world.hub.requests().empty());
    QCOMPARE(promise.brokenBy(world, result), QString());
    QVERIFY(took.elapsed() < 2000);
}

void PublishTlsTest::a_hub_that_cannot_be_reached_gets_its_own_sentence_data()
{
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("says");
    // No name server has to be asked to know that no name is that long.
    QTest::newRow("no such name") << "https://" + QString(64, 'a') + ".invalid"
                                  << "no such server can be found";
    QTest::newRow("refused") << "stopped"
                             << "the connection was refused";
}

void PublishTlsTest::a_hub_that_cannot_be_reached_gets_its_own_sentence()
{
    QFETCH(QString, endpoint);
    QFETCH(QString, says);
    HubWorld world;
    PushJob job = world.job();
    if (endpoint == "stopped") {
        world.hub.stop();
    } else {
        job.hub.endpoint = *HubEndpoint::parse(endpoint.toStdString());
    }
    const PushPromise promise(world);
    const PushResult result = world.push(job);
    QVERIFY2(messageOf(result).contains(says), qPrintable(messageOf(result)));
    QVERIFY2(messageOf(result).contains("can be published later"), qPrintable(messageOf(result)));
    QCOMPARE(result.outcome.error->code, ErrorCode::PushRefused);
    QCOMPARE(world.waits.size(), std::size_t(5));
    QCOMPARE(promise.brokenBy(world, result), QString());
}

QTEST_GUILESS_MAIN(PublishTlsTest)
#include "tst_publish_tls.moc"
