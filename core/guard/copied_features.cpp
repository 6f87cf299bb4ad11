// SPDX-License-Identifier: Apache-2.0
// The features of a plain line: judged as numbers, side by side, and copied as they stand, many at once.
#include "core/guard/inspection.h"

#include "core/row/row_values.h"

#include <algorithm>

namespace workbench {

bool PiiGuard::Inspection::allInRange() const
{
    const double* value = m_example.plain.values.data();
    // Null is no number: no comparison with it is true.
    return std::ranges::none_of(m_guard.m_featureRanges, [&value](const FeatureRange& range) {
        const double read = *value++;
        return read < range.min || read > range.max || (range.whole && !isNullValue(read) && !isWhole(read));
    });
}

void PiiGuard::Inspection::copyFeatures()
{
    const PlainFeatures& plain = m_example.plain;
    std::size_t at = 0;
    std::size_t other = 0;
    // Up to the next run: features that are not there, and those that are written otherwise.
    const auto between = [&](std::size_t end) {
        while (at < end) {
            const std::size_t next
                = other < plain.others.size() ? std::min(plain.others[other].place, end) : end;
            m_out.append(m_guard.nullFeatures(at, next));
            addValues(nullValue(), next - at);
            at = next;
            if (at < end) {
                m_out.append(m_guard.m_featureHeads[at]);
                feature(at++, plain.others[other++].value);
            }
        }
    };
    for (const PlainFeatures::Run& run : plain.runs) {
        between(run.first);
        m_out.append(m_guard.m_featureHeads[run.first]);
        // Between two features of a plain line there is nothing but the head of the second one.
        m_out.append(run.text);
        addValues(std::span(plain.values).subspan(run.first, run.end - run.first));
        at = run.end;
    }
    between(plain.values.size());
}

} // namespace workbench
