// SPDX-License-Identifier: GPL-3.0-or-later
/// The account that always adds up: Read − left out − over the limit = Matched − rejected = To export.
#pragma once

#include "core/review/selection.h"

#include <QWidget>

#include <array>
#include <optional>

class QLabel;

namespace workbench {

enum class LedgerPart { Whole, FromMatched };

/// The same account, in the same order and words, in the side panel, the export question and a job's report.
class LedgerWidget final : public QWidget {
    Q_OBJECT

public:
    explicit LedgerWidget(LedgerPart part, QWidget* parent = nullptr);

    /// Nothing known yet is a dash at each place.
    void setLedger(const std::optional<Ledger>& ledger);
    /// An account that does not tell what was left out by the filters from what was over the limit: both
    /// stand in one line, as `leftOut`.
    void setJointLedger(const Ledger& ledger);
    [[nodiscard]] QString asText() const; ///< one line an entry, label and figure apart by a tab

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum Entry { Read, LeftOut, OverLimit, Matched, Rejected, ToExport, Entries };
    void addEntry(Entry entry, const QString& label);
    void show(const std::optional<Ledger>& ledger, bool joint);

    std::array<QLabel*, Entries> m_labels {};
    std::array<QLabel*, Entries> m_figures {};
};

} // namespace workbench
