// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serve/metrics.h"

#include "core/guard/finding.h"
#include "core/json/number_format.h"

namespace workbench {

namespace {

void head(std::string& out, const std::string& name, const char* type, const char* help)
{
    out += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

/// Labels are words of ours, so there is nothing to escape.
void line(
    std::string& out, const std::string& name, const char* label, std::string_view value, std::uint64_t count)
{
    out += name + '{' + label + "=\"" + std::string(value) + "\"} " + std::to_string(count) + '\n';
}

} // namespace

std::string metricsText(const QueueFigures& figures)
{
    std::string out;
    const std::string jobs = "signals_export_jobs";
    head(out, jobs, "gauge", "Jobs that wait and run now, and how those that ended since the start ended.");
    line(out, jobs, "state", "queued", figures.queued);
    line(out, jobs, "state", "running", figures.running);
    line(out, jobs, "state", "completed", figures.completed);
    line(out, jobs, "state", "failed", figures.failed);
    line(out, jobs, "state", "cancelled", figures.cancelled);
    const std::string rows = "signals_export_rows_total";
    head(out, rows, "counter", "Rows of jobs that ended since the start.");
    line(out, rows, "kind", "read", figures.rows.read);
    line(out, rows, "kind", "matched", figures.rows.matched);
    line(out, rows, "kind", "exported", figures.rows.exported);
    line(out, rows, "kind", "rejected", figures.rows.rejected);
    const std::string rejections = "signals_export_rejections_total";
    head(out, rejections, "counter", "Rows that broke a rule; a row may count under several.");
    for (std::size_t rule = 0; rule < RuleCount; ++rule) {
        const std::string name(ruleName(static_cast<Rule>(rule)));
        const auto found = figures.rejectionsByRule.find(name);
        line(out, rejections, "rule", name, found == figures.rejectionsByRule.end() ? 0 : found->second);
    }
    const std::string seconds = "signals_export_job_seconds";
    head(out, seconds, "summary", "How long jobs that ended since the start ran.");
    out += seconds + "_sum ";
    appendCanonicalNumber(out, figures.seconds);
    out += '\n' + seconds + "_count " + std::to_string(figures.completed + figures.failed + figures.cancelled)
        + '\n';
    return out;
}

} // namespace workbench
