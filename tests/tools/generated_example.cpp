// SPDX-License-Identifier: Apache-2.0
#include "tests/tools/generated_example.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace workbench {

namespace {

constexpr std::array<std::string_view, AllFeatures> FeatureKeys {"industry_key", "source", "window_rule",
    "window_days", "coverage_ratio", "mapping_confidence_level", "missingness_score", "quotes_count",
    "invoices_count", "paid_invoices_count", "calendar_events_count", "active_days_count",
    "quotes_per_active_day", "invoices_per_active_day", "paid_invoice_rate", "quote_to_invoice_rate",
    "has_quotes", "has_invoices", "has_calendar", "decision_lag_days_p50", "decision_lag_days_p90",
    "approved_to_scheduled_days_p50", "approved_to_scheduled_days_p90", "invoiced_to_paid_days_p50",
    "invoiced_to_paid_days_p90", "has_decision_lag", "has_approved_to_scheduled", "has_invoiced_to_paid",
    "invoice_total_sum_log", "invoice_total_p50_log", "invoice_total_p90_log", "top1_invoice_share",
    "top5_invoice_share", "gini_proxy", "mid_ticket_share", "has_amounts", "weekly_volume_mean",
    "weekly_volume_cv", "seasonality_strength", "has_rhythm", "open_quotes_count", "open_quotes_share",
    "has_open_quotes", "excluded_quotes_outside_window", "excluded_invoices_outside_window",
    "excluded_calendar_outside_window", "excluded_ratio", "date_parse_error_rate", "total_revenue",
    "avg_job_value", "median_job_value", "max_job_value", "revenue_per_active_day", "outstanding_revenue",
    "total_jobs", "total_quoted_jobs", "total_invoiced_jobs", "total_paid_jobs", "total_cancelled_jobs",
    "total_repeat_jobs", "avg_days_to_quote", "avg_days_to_complete", "avg_days_to_invoice",
    "avg_payment_lag_days", "median_payment_lag_days", "pct_jobs_paid_on_time", "pct_quoted_won",
    "pct_jobs_invoiced", "pct_revenue_outstanding", "pct_jobs_repeat"};

/// Place of a feature, checked while compiling where the name is a literal.
constexpr std::size_t at(std::string_view key)
{
    for (std::size_t i = 0; i < FeatureKeys.size(); ++i) {
        if (FeatureKeys[i] == key) {
            return i;
        }
    }
    std::abort();
}

void set(std::string& field, std::uint64_t value)
{
    std::array<char, 24> text {};
    field.assign(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

void set(std::string& field, double value)
{
    std::array<char, 400> text {};
    field.assign(text.data(),
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr);
}

void set(std::string& field, std::string_view text) { field = text; }

/// ln(1 + x) in plain arithmetic: the library's may differ in the last bit from machine to machine.
double naturalLogOfOnePlus(double x)
{
    double mantissa = 1 + x;
    double result = 0;
    for (; mantissa > 1.5; mantissa /= 2) {
        result += 0.693147180559945309417;
    }
    const double z = (mantissa - 1) / (mantissa + 1);
    double power = z;
    for (int odd = 1; odd < 30; odd += 2) {
        result += 2 * power / odd;
        power *= z * z;
    }
    return result;
}

double cube(double x) { return x * x * x; }

double ratio(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

constexpr std::string_view IdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
constexpr std::string_view HexDigits = "0123456789abcdef";

} // namespace

void GeneratedExample::setFeature(std::string_view key, std::string_view json)
{
    features.at(at(key)) = json;
}

ExampleGenerator::ExampleGenerator(std::uint64_t seed, std::uint64_t rows, bool businessMetrics)
    : m_random(seed)
    , m_businessMetrics(businessMetrics)
{
    using namespace std::chrono;
    const sys_time<milliseconds> start = sys_days(year(2026) / January / 5);
    m_timeMs = static_cast<double>(start.time_since_epoch().count());
    m_stepMs = 300.0 * 86'400'000 / static_cast<double>(std::max<std::uint64_t>(rows, 1));
}

void ExampleGenerator::next(GeneratedExample& example)
{
    example.wholeFeatures.clear();
    example.wholeTargets.clear();
    example.wholeLabels.clear();
    identity(example);
    window(example);
    volumes(example);
    timing(example);
    amounts(example);
    rhythm(example);
    business(example);
    targets(example);
    labels(example);
    withheld(example);
}

void ExampleGenerator::identity(GeneratedExample& example)
{
    using namespace std::chrono;
    example.id = "\"";
    if (m_random.chance(0.08)) { // a UUID
        for (std::size_t i = 0; i < 36; ++i) {
            const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
            example.id += dash ? '-' : i == 14 ? '4' : i == 19 ? 'a' : m_random.of(HexDigits);
        }
    } else { // as nanoid makes them; a letter in every fifth place, so that none looks like a phone number
        for (std::size_t i = 0; i < 21; ++i) {
            example.id += m_random.of(i % 5 == 2 ? IdLetters.substr(0, 52) : IdLetters);
        }
    }
    example.id += '"';

    m_timeMs += m_random.fraction() * 2 * m_stepMs;
    const auto millis = milliseconds(static_cast<std::int64_t>(m_timeMs));
    const sys_days day = floor<days>(sys_time<milliseconds>(millis));
    const year_month_day date(day);
    const auto rest = static_cast<std::uint64_t>((millis - day.time_since_epoch()).count());
    std::string& text = example.createdAt;
    text = R"("0000-00-00T00:00:00.000Z")";
    const auto put = [&text](std::size_t place, std::size_t digits, std::uint64_t value) {
        for (std::size_t i = digits; i-- > 0; value /= 10) {
            text[place + i] = static_cast<char>('0' + value % 10);
        }
    };
    put(1, 4, static_cast<std::uint64_t>(static_cast<int>(date.year())));
    put(6, 2, static_cast<unsigned>(date.month()));
    put(9, 2, static_cast<unsigned>(date.day()));
    put(12, 2, rest / 3'600'000);
    put(15, 2, rest / 60'000 % 60);
    put(18, 2, rest / 1000 % 60);
    put(21, 3, rest % 1000);

    example.runId = R"("mock_)";
    example.runId.append(text, 1, 10).append("_").append(text, 12, 2).append("\"");
    const bool real = m_random.chance(0.53);
    set(example.source, real ? R"("real")" : R"("mock")");
    static constexpr std::array<std::string_view, 16> Industries {R"("unknown")", R"("cleaning")",
        R"("hvac")", R"("electrical")", R"("landscaping")", R"("plumbing")", R"("unknown")", R"("cleaning")",
        R"("hvac")", R"("electrical")", R"("landscaping")", R"("plumbing")", R"("unknown")", R"("unknown")",
        R"("cleaning")", R"("hvac")"};
    set(example.industryKey, Industries.at(m_random.below(Industries.size())));
    set(example.featureSchema, R"("signals_v1")");
    set(example.generatorVersion, m_random.chance(0.05) ? std::string_view(R"("mockgen-1.0.0")") : "");
    example.features[at("industry_key")] = example.industryKey;
    // A tenth of the real rows carry the mode's source instead of their own, as captured ones do.
    set(example.features[at("source")],
        real && !m_random.chance(0.15) ? std::string_view(R"("real")") : R"("mock")");
}

void ExampleGenerator::window(GeneratedExample& example)
{
    static constexpr std::array<std::uint64_t, 4> Windows {30, 60, 90, 180};
    auto& f = example.features;
    m_windowDays = m_random.chance(0.9) ? 365 : Windows.at(m_random.below(Windows.size()));
    set(f[at("window_rule")],
        m_windowDays == 365      ? std::string_view(R"("last_12_months")")
            : m_windowDays == 90 ? R"("last_90_days")"
                                 : R"("custom")");
    set(f[at("window_days")], m_windowDays);
    set(f[at("active_days_count")], m_windowDays);
    const bool whole = m_random.chance(0.35);
    set(f[at("coverage_ratio")], whole ? 1 : 1 - cube(m_random.fraction()));
    m_confidence = m_random.chance(0.78) ? 2 : m_random.below(2);
    set(f[at("mapping_confidence_level")], m_confidence);
    set(f[at("missingness_score")], ratio(m_random.chance(0.5) ? m_random.below(3) : m_random.below(18), 44));
}

void ExampleGenerator::volumes(GeneratedExample& example)
{
    auto& f = example.features;
    const auto size = [this](double middle) { // many small companies, few large ones
        const double doublings = static_cast<double>(std::uint64_t {1} << m_random.below(5)) / 4;
        return static_cast<std::uint64_t>(middle * doublings * (0.5 + m_random.fraction()));
    };
    m_quotes = m_random.chance(0.1) ? 0 : 1 + size(140);
    m_invoices = m_random.chance(0.12)
        ? 0
        : 1 + static_cast<std::uint64_t>(static_cast<double>(m_quotes) * (0.3 + m_random.fraction() * 0.6));
    m_paid = static_cast<std::uint64_t>(static_cast<double>(m_invoices) * (0.7 + m_random.fraction() * 0.3));
    const std::uint64_t calendar = m_random.chance(0.08) ? 0 : 1 + size(84);
    set(f[at("quotes_count")], m_quotes);
    set(f[at("invoices_count")], m_invoices);
    set(f[at("paid_invoices_count")], m_paid);
    set(f[at("calendar_events_count")], calendar);
    set(f[at("quotes_per_active_day")], ratio(m_quotes, m_windowDays));
    set(f[at("invoices_per_active_day")], ratio(m_invoices, m_windowDays));
    set(f[at("has_quotes")], std::uint64_t {m_quotes > 0});
    set(f[at("has_invoices")], std::uint64_t {m_invoices > 0});
    set(f[at("has_calendar")], std::uint64_t {calendar > 0});
    if (m_invoices > 0) {
        set(f[at("paid_invoice_rate")], ratio(m_paid, m_invoices));
    } else {
        set(f[at("paid_invoice_rate")], "null");
    }
    if (m_quotes > 0) {
        const std::uint64_t open = m_random.below(m_quotes / 2 + 1);
        set(f[at("quote_to_invoice_rate")], std::min(1.0, ratio(m_invoices, m_quotes)));
        set(f[at("open_quotes_count")], open);
        set(f[at("open_quotes_share")], ratio(open, m_quotes));
        set(f[at("has_open_quotes")], std::uint64_t {open > 0});
    } else {
        set(f[at("quote_to_invoice_rate")], "null");
        set(f[at("open_quotes_count")], "null");
        set(f[at("open_quotes_share")], "null");
        set(f[at("has_open_quotes")], std::uint64_t {0});
    }
    const bool excludes = m_random.chance(0.3);
    const std::uint64_t quotesOut = excludes ? m_random.below(m_quotes + 40) : 0;
    const std::uint64_t invoicesOut = excludes ? m_random.below(m_invoices + 20) : 0;
    set(f[at("excluded_quotes_outside_window")], quotesOut);
    set(f[at("excluded_invoices_outside_window")], invoicesOut);
    set(f[at("excluded_calendar_outside_window")], std::uint64_t {0});
    set(f[at("excluded_ratio")],
        ratio(quotesOut + invoicesOut, m_quotes + m_invoices + calendar + quotesOut + invoicesOut));
    const std::uint64_t unread = m_random.chance(0.8) ? 0 : m_random.below(40);
    set(f[at("date_parse_error_rate")], ratio(unread, 40 + m_random.below(100)));
}

void ExampleGenerator::timing(GeneratedExample& example)
{
    auto& f = example.features;
    const auto lag = [&](std::size_t p50, bool known, double middle) {
        set(f[p50 == at("decision_lag_days_p50")             ? at("has_decision_lag")
                    : p50 == at("invoiced_to_paid_days_p50") ? at("has_invoiced_to_paid")
                                                             : at("has_approved_to_scheduled")],
            std::uint64_t {known});
        if (!known) {
            set(f[p50], "null");
            set(f[p50 + 1], "null");
            return;
        }
        const double days = m_random.chance(0.6)
            ? std::floor(middle * (0.3 + m_random.fraction() * 2))
            : static_cast<double>(m_random.below(static_cast<std::uint64_t>(middle * 2 * 86400))) / 86400;
        set(f[p50], days);
        set(f[p50 + 1], std::min(120.0, days * 1.5));
    };
    lag(at("decision_lag_days_p50"), m_quotes > 0 && !m_random.chance(0.02), 3);
    lag(at("approved_to_scheduled_days_p50"), m_random.chance(0.37), 9);
    lag(at("invoiced_to_paid_days_p50"), m_invoices > 0 && !m_random.chance(0.09), 14);
}

void ExampleGenerator::amounts(GeneratedExample& example)
{
    auto& f = example.features;
    set(f[at("has_amounts")], std::uint64_t {m_invoices > 0});
    if (m_invoices == 0) {
        for (std::size_t i = at("invoice_total_sum_log"); i <= at("mid_ticket_share"); ++i) {
            set(f[i], "null");
        }
        return;
    }
    static constexpr std::array<std::string_view, 3> Middles {
        "6.2166061010848646", "7.824445930877619", "9.210440366976517"};
    const std::size_t middle = m_random.chance(0.9) ? 1 : m_random.below(3);
    const double sum
        = naturalLogOfOnePlus(static_cast<double>(m_invoices) * (900 + 3000 * m_random.fraction()));
    set(f[at("invoice_total_sum_log")], sum);
    set(f[at("invoice_total_p50_log")], Middles.at(middle));
    set(f[at("invoice_total_p90_log")],
        Middles.at(std::max<std::size_t>(middle, 1 + m_random.below(20) / 2 % 2)));
    const double top = std::min(1.0, (0.8 + m_random.fraction()) / static_cast<double>(m_invoices));
    if (m_random.chance(0.005)) {
        set(f[at("top1_invoice_share")], "null");
        set(f[at("top5_invoice_share")], "null");
    } else {
        set(f[at("top1_invoice_share")], top);
        set(f[at("top5_invoice_share")], std::min(1.0, top * (3 + 2 * m_random.fraction())));
    }
    set(f[at("gini_proxy")], ratio(m_invoices / 3 + m_random.below(2), m_invoices));
    set(f[at("mid_ticket_share")], ratio(m_invoices / 3, m_invoices));
}

void ExampleGenerator::rhythm(GeneratedExample& example)
{
    static constexpr std::array<std::string_view, 4> Variations {"0.5", "0.7", "0.1", "0.5"};
    auto& f = example.features;
    set(f[at("weekly_volume_mean")], ratio((m_quotes + m_invoices) * 7, m_windowDays));
    set(f[at("weekly_volume_cv")], Variations.at(m_random.below(4)));
    set(f[at("seasonality_strength")],
        m_quotes == 0              ? std::string_view("0.2")
            : m_random.chance(0.1) ? "0.5"
                                   : "0.8");
    set(f[at("has_rhythm")], std::uint64_t {1});
}

void ExampleGenerator::business(GeneratedExample& example)
{
    auto& f = example.features;
    if (!m_businessMetrics) {
        for (std::size_t i = CapturedFeatures; i < AllFeatures; ++i) {
            f[i].clear();
        }
        return;
    }
    const auto cents = [](double value) { return std::round(value * 100) / 100; };
    const double job = cents(180 + 4200 * cube(m_random.fraction()));
    const double revenue = cents(job * static_cast<double>(m_paid));
    const double outstanding = cents(job * static_cast<double>(m_invoices - m_paid));
    set(f[at("total_revenue")], revenue);
    set(f[at("avg_job_value")], job);
    set(f[at("median_job_value")], cents(job * (0.7 + 0.3 * m_random.fraction())));
    set(f[at("max_job_value")], cents(job * (1 + 9 * m_random.fraction())));
    set(f[at("revenue_per_active_day")], cents(revenue / static_cast<double>(m_windowDays)));
    set(f[at("outstanding_revenue")], outstanding);
    set(f[at("total_jobs")], m_invoices);
    set(f[at("total_quoted_jobs")], m_quotes);
    set(f[at("total_invoiced_jobs")], m_invoices);
    set(f[at("total_paid_jobs")], m_paid);
    set(f[at("total_cancelled_jobs")], m_random.below(m_quotes / 12 + 1));
    set(f[at("total_repeat_jobs")], m_random.below(m_invoices / 3 + 1));
    for (std::size_t i = at("avg_days_to_quote"); i <= at("median_payment_lag_days"); ++i) {
        set(f[i], cents(30 * m_random.fraction()));
    }
    for (std::size_t i = at("pct_jobs_paid_on_time"); i <= at("pct_jobs_repeat"); ++i) {
        set(f[i], cents(100 * m_random.fraction()));
    }
}

void ExampleGenerator::targets(GeneratedExample& example)
{
    static constexpr std::array<std::string_view, 12> Keys {R"(["capacity_squeeze"])",
        R"(["capacity_squeeze"])", R"(["capacity_squeeze"])", R"(["capacity_squeeze"])",
        R"(["rhythm_volatility"])", R"(["capacity_squeeze","rhythm_volatility"])",
        R"(["fragility","capacity_squeeze"])", R"(["fragility"])", R"(["follow_up_drift"])",
        R"(["fragility","capacity_squeeze","rhythm_volatility"])",
        R"(["follow_up_drift","capacity_squeeze"])", R"(["rhythm_volatility","fragility"])"};
    set(example.pressureKeys, m_random.chance(0.006) ? "[]" : Keys.at(m_random.below(Keys.size())));
    set(example.boundaryClass,
        m_confidence < 2             ? std::string_view(R"("confirm_mappings")")
            : m_random.chance(0.003) ? R"("unknown")"
            : m_random.chance(0.18)  ? R"("follow_up")"
                                     : R"("stable")");
    set(example.benchmark,
        m_random.chance(0.03) ? std::string_view(
            R"([{"key":"revenue_concentration_top5_share","percentile":67,"value":0.4,"peer_median":0.3}])")
                              : "");
}

void ExampleGenerator::labels(GeneratedExample& example)
{
    for (std::string* field : {&example.reviewerScore, &example.reviewerNotes, &example.clientFeedback,
             &example.clientFeedbackReason, &example.mappingWasWrong, &example.outcomeNextStepChosen}) {
        field->clear();
    }
    if (!m_random.chance(0.21)) {
        return;
    }
    if (m_random.chance(0.93)) {
        static constexpr std::array<std::string_view, 8> Scores {"2", "2", "2", "2", "1", "1", "3", "0"};
        set(example.reviewerScore, Scores.at(m_random.below(Scores.size())));
    }
    if (m_random.chance(0.2)) { // free text, with what free text holds; never exported
        static constexpr std::array<std::string_view, 5> Notes {R"("auto-label")",
            R"("Rang 212-555-0142, no answer yet")", R"("Owner writes from sam@example.com")",
            R"("Looks right to me")", R"("Window seems short, see 12 Example St job")"};
        set(example.reviewerNotes, Notes.at(m_random.below(Notes.size())));
    }
    if (m_random.chance(0.35)) {
        const bool up = m_random.chance(0.65);
        set(example.clientFeedback, up ? R"("up")" : R"("down")");
        if (m_random.chance(0.2)) {
            set(example.clientFeedbackReason, up ? R"("That is us")" : R"("We stopped doing quotes in May")");
        }
    }
    if (m_random.chance(0.5)) {
        set(example.mappingWasWrong, m_random.chance(0.22) ? "true" : "false");
    }
    if (m_random.chance(0.44)) {
        set(example.outcomeNextStepChosen, m_random.chance(0.52) ? "true" : "false");
    }
}

void ExampleGenerator::withheld(GeneratedExample& example)
{
    example.moreFeatures.clear();
    if (!m_random.chance(0.02)) {
        return;
    }
    static constexpr std::array<std::string_view, 6> More {R"(,"rag_hits":3)",
        R"(,"website_title":"Example Heating and Air")", R"(,"tool_trace":{"steps":2})",
        R"(,"notes_internal":"ask for the owner")", R"(,"legacy_score":0.5)",
        R"(,"summary_text":"Busy spring, quiet autumn","raw_rows":[1,2,3])"};
    example.moreFeatures = More.at(m_random.below(More.size()));
}

void appendLine(std::string& out, const GeneratedExample& example)
{
    bool first = true;
    const auto member = [&out, &first](std::string_view name, const std::string& json) {
        if (json.empty()) {
            return;
        }
        out += first ? "\"" : ",\"";
        out.append(name).append("\":").append(json);
        first = false;
    };
    out += '{';
    member("id", example.id);
    member("created_at", example.createdAt);
    member("run_id", example.runId);
    member("source", example.source);
    member("industry_key", example.industryKey);
    member("feature_schema", example.featureSchema);
    out += R"(,"pipeline_version":"0.1.0")";
    member("generator_version", example.generatorVersion);
    if (!example.wholeFeatures.empty()) {
        member("features", example.wholeFeatures);
    } else {
        out += R"(,"features":{)";
        first = true;
        for (std::size_t i = 0; i < AllFeatures; ++i) {
            member(FeatureKeys[i], example.features[i]);
        }
        out.append(example.moreFeatures).append("}");
        first = false;
    }
    if (!example.wholeTargets.empty()) {
        member("targets", example.wholeTargets);
    } else {
        out += R"(,"targets":{)";
        first = true;
        member("pressure_keys", example.pressureKeys);
        member("boundary_class", example.boundaryClass);
        member("benchmark", example.benchmark);
        out += '}';
        first = false;
    }
    if (!example.wholeLabels.empty()) {
        member("labels", example.wholeLabels);
    } else {
        const std::size_t before = out.size();
        out += R"(,"labels":{)";
        first = true;
        member("reviewer_score", example.reviewerScore);
        member("reviewer_notes", example.reviewerNotes);
        member("client_feedback", example.clientFeedback);
        member("client_feedback_reason", example.clientFeedbackReason);
        member("mapping_was_wrong", example.mappingWasWrong);
        member("outcome_next_step_chosen", example.outcomeNextStepChosen);
        if (first) {
            out.resize(before); // unlabelled rows have no labels at all
        } else {
            out += '}';
        }
    }
    out += "}\n";
}

} // namespace workbench
