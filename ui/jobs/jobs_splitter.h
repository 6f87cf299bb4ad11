// SPDX-License-Identifier: GPL-3.0-or-later
/// The history and the details of one job: beside each other where both have room, else one below the other.
#pragma once

#include <QSplitter>

namespace workbench {

class JobDetails;
class JobsTable;

/// Each way the two have sizes of their own, and what somebody chose is remembered. A double click on the
/// handle sets back the usual ones.
class JobsSplitter final : public QSplitter {
    Q_OBJECT

public:
    JobsSplitter(JobsTable& table, JobDetails& details, QWidget* parent);

    void fit(int width); ///< of the panel, whether or not this is in sight

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QString sizesKey() const;
    void restoreSizes();

    JobsTable& m_table;
    JobDetails& m_details;
};

} // namespace workbench
