// SPDX-License-Identifier: GPL-3.0-or-later
/// All that the summary says and can choose, where the panel has no room for it.
#pragma once

#include "ui/rejections/findings_model.h"

#include <QMenu>

namespace workbench {

class RejectionSummary;

/// Filled anew whenever it is shown. Choices are the summary's to make.
class NarrowMenu final : public QMenu {
    Q_OBJECT

public:
    NarrowMenu(RejectionSummary& summary, const FindingsModel& findings, QWidget* parent);

private:
    void fill();
    void addGroups(QMenu& menu, FindingGroup group);

    RejectionSummary& m_summary;
    const FindingsModel& m_findings; ///< knows what is chosen
};

} // namespace workbench
