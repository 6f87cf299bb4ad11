// SPDX-License-Identifier: Apache-2.0
/// A made-up training example, shaped as the captured ones are.
#pragma once

#include "tests/tools/generated_random.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace workbench {

/// Features in the order of the captured rows; the business metrics behind them.
inline constexpr std::size_t CapturedFeatures = 48;
inline constexpr std::size_t AllFeatures = 70;

/// JSON texts, field by field; empty: the field is not written. Kept from row to row for its memory.
struct GeneratedExample {
    std::string id;
    std::string createdAt;
    std::string runId;
    std::string source;
    std::string industryKey;
    std::string featureSchema;
    std::string generatorVersion;
    std::array<std::string, AllFeatures> features;
    std::string moreFeatures; ///< members that are not on the allowlist: `,"rag_hits":3`
    std::string wholeFeatures; ///< written in place of the object when not empty
    std::string pressureKeys;
    std::string boundaryClass;
    std::string benchmark;
    std::string wholeTargets; ///< likewise
    std::string reviewerScore;
    std::string reviewerNotes;
    std::string clientFeedback;
    std::string clientFeedbackReason;
    std::string mappingWasWrong;
    std::string outcomeNextStepChosen;
    std::string wholeLabels; ///< likewise

    /// Sets a feature by name; unknown names end the program: a violation that is none would be a lie.
    void setFeature(std::string_view key, std::string_view json);
};

/// Makes one company after another.
class ExampleGenerator {
public:
    ExampleGenerator(std::uint64_t seed, std::uint64_t rows, bool businessMetrics);

    /// Everything valid, at most withheld fields besides.
    void next(GeneratedExample& example);
    GeneratedRandom& random() { return m_random; }

private:
    void identity(GeneratedExample& example);
    void window(GeneratedExample& example);
    void volumes(GeneratedExample& example);
    void timing(GeneratedExample& example);
    void amounts(GeneratedExample& example);
    void rhythm(GeneratedExample& example);
    void business(GeneratedExample& example);
    void targets(GeneratedExample& example);
    void labels(GeneratedExample& example);
    void withheld(GeneratedExample& example);

    GeneratedRandom m_random;
    bool m_businessMetrics;
    double m_timeMs;
    double m_stepMs;
    std::uint64_t m_windowDays = 365;
    std::uint64_t m_quotes = 0;
    std::uint64_t m_invoices = 0;
    std::uint64_t m_paid = 0;
    std::uint64_t m_confidence = 2;
};

/// The line, with its newline.
void appendLine(std::string& out, const GeneratedExample& example);

} // namespace workbench
