// SPDX-License-Identifier: GPL-3.0-or-later
/// A job's record in the words of the Jobs tab.
#pragma once

#include "core/base/result.h"
#include "core/bundle/dataset_info.h"
#include "core/job/export_job.h"
#include "core/job/job_record.h"

#include <QDateTime>
#include <QString>

namespace workbench {

inline constexpr int ProgressSteps = 1000; ///< of a job's progress bar

[[nodiscard]] QString jobStateWord(JobStatus status);
[[nodiscard]] QString jobStateIcon(JobStatus status); ///< a name as in resources/icons

/// "Any source, any industry", "real, since 1 Nov". `now` decides whether a year is named.
[[nodiscard]] QString jobFilterWords(const JobRecord& job, const QDateTime& now);
/// "15:22:41" today, else "21 Nov", else "21 Nov 2025".
[[nodiscard]] QString jobStartedText(const JobRecord& job, const QDateTime& now);
/// Local time; of a job that waits, since when. Invalid when the record does not say.
[[nodiscard]] QDateTime jobStartedAt(const JobRecord& job);
/// "not published", "published 8e4f1c2a", "no space left": a word or two for a cell.
[[nodiscard]] QString jobResultWords(const JobRecord& job);
/// "64 % done, 12 s left", "publishing", "under way": of a job that runs, from its record alone.
[[nodiscard]] QString jobProgressWords(const JobRecord& job);
/// "next in the queue", "number 2 in the queue"; `place` counts from 1.
[[nodiscard]] QString queuePlaceWords(std::size_t place);
/// "1,214 rows, 22 Nov 2026, 15:22".
[[nodiscard]] QString jobTitle(const JobRecord& job);
/// "70 free-text labels", "3 fields": what was dropped while its row stayed.
[[nodiscard]] QString withheldWords(const JobRecord& job, const DatasetInfo* info);
/// "Exported 1,214 rows in 0.3 s to /srv/hf_export/6b1f…", or why not.
[[nodiscard]] QString exportEndWords(const ExportResult& result);
/// One sentence that says what, where and what did not happen.
[[nodiscard]] QString jobErrorSentence(const JobRecord& job);

} // namespace workbench
