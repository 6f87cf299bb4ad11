// SPDX-License-Identifier: Apache-2.0
// Rows of the guard, read by Qt and by a JavaScript engine: to Qt each number is the double that the input
// was, and JavaScript writes each row again byte for byte (RFC 8785).
#include "tests/support/judged_line.h"
#include "tests/support/random_examples.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/thoroughness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>

using namespace workbench;

namespace {

constexpr int NumbersOfARow = 20;

std::string keyOf(int place) { return "number_" + std::to_string(place); }

/// Features that take any finite number.
SchemaPtr anyNumbers()
{
    std::vector<Feature> features;
    for (int place = 0; place < NumbersOfARow; ++place) {
        constexpr double Largest = std::numeric_limits<double>::max();
        features.push_back({keyOf(place), FeatureKind::Number, Family::Ratio, -Largest, Largest, "", {}});
    }
    return *Schema::make("numbers", "numbers_v1", features, "a test");
}

/// Doubles in the spellings that programs use: the shortest, all digits, an exponent, needless zeros.
class Spelled {
public:
    explicit Spelled(std::uint64_t seed) : m_numbers(seed), m_random(seed) {}

    std::pair<std::string, double> next()
    {
        const double value = m_random() % 2 == 0 ? m_numbers.number() : anyBits();
        std::array<char, 400> text {};
        std::to_chars_result end {};
        switch (m_random() % 5) {
        case 0:
            end = std::to_chars(text.begin(), text.end(), value, std::chars_format::scientific, 16);
            break;
        case 1:
            end = std::to_chars(text.begin(), text.end(), value, std::chars_format::scientific, 24);
            break;
        case 2:
            end = std::to_chars(text.begin(), text.end(), value, std::chars_format::fixed);
            break;
        default:
            end = std::to_chars(text.begin(), text.end(), value);
        }
        std::string spelled(text.data(), end.ptr);
        if (spelled.find_first_of(".e") == std::string::npos && m_random() % 4 == 0) {
            spelled += ".000";
        }
        return {spelled, value};
    }

private:
    double anyBits()
    {
        double value = 0;
        do {
            value = std::bit_cast<double>(m_random());
        } while (!std::isfinite(value));
        return value;
    }

    RandomExamples m_numbers;
    std::mt19937_64 m_random;
};

/// By the bits; there is no -0 in a row.
bool same(double written, double value)
{
    return std::bit_cast<std::uint64_t>(written) == std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
}

} // namespace

class OtherWritersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// So many of them: WORKBENCH_NUMBERS; others: WORKBENCH_SEED.
    void every_number_is_the_same_double_to_qt()
    {
        LineJudge judge(anyNumbers());
        Spelled spelled(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("WORKBENCH_SEED")));
        for (int row = 0; row < wanted() / NumbersOfARow; ++row) {
            std::array<double, NumbersOfARow> values {};
            std::string features;
            for (int place = 0; place < NumbersOfARow; ++place) {
                const auto [text, value] = spelled.next();
                values.at(static_cast<std::size_t>(place)) = value;
                features += (place == 0 ? "\"" : ",\"") + keyOf(place) + "\":" + text;
            }
            const JudgedLine judged = judge.judge(R"({"id":"row","created_at":"2026-11-22T15:19:39Z",)"
                                                  R"("source":"mock","industry_key":"hvac",)"
                                                  R"("feature_schema":"numbers_v1","features":{)"
                + features + "}}");
            QVERIFY2(judged.accepted, judged.told().c_str());
            m_rows += judged.canonical;
            const QJsonDocument read = QJsonDocument::fromJson(QByteArray::fromStdString(judged.canonical));
            const QJsonObject numbers = read.object()[QStringLiteral("features")].toObject();
            QCOMPARE(numbers.size(), NumbersOfARow);
            for (int place = 0; place < NumbersOfARow; ++place) {
                const double value = values.at(static_cast<std::size_t>(place));
                QVERIFY2(same(numbers[QString::fromStdString(keyOf(place))].toDouble(), value),
                    judged.canonical.c_str());
            }
        }
    }

    void every_row_is_what_javascript_writes()
    {
        if (ThreadSanitized) {
            QSKIP("the sanitizer of clang 14 fails in the clone() by which Qt starts a program");
        }
        const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
        if (node.isEmpty()) {
            QSKIP("Node.js is not installed here");
        }
        const TemporaryFolder folder;
        QProcess engine;
        engine.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        engine.start(node,
            {QStringLiteral(WORKBENCH_SOURCE_DIR "/tests/core/same_in_javascript.mjs"),
                QString::fromStdString(folder.write("rows.jsonl", m_rows))});
        QVERIFY(engine.waitForFinished(240'000));
        const QList<QByteArray> answer = engine.readAll().simplified().split(' ');
        QCOMPARE(answer,
            (QList<QByteArray> {
                QByteArray::number(static_cast<qlonglong>(std::ranges::count(m_rows, '\n'))), "0"}));
    }

private:
    static int wanted()
    {
        return qEnvironmentVariableIsSet("WORKBENCH_NUMBERS")
            ? qEnvironmentVariableIntValue("WORKBENCH_NUMBERS")
            : 100'000 / CaseStride;
    }

    std::string m_rows;
};

QTEST_GUILESS_MAIN(OtherWritersTest)
#include "tst_other_writers.moc"
