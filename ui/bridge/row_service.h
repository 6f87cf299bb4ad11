// SPDX-License-Identifier: GPL-3.0-or-later
/// Brings single rows to the GUI thread: asked for when they are looked at, kept in a bounded cache.
#pragma once

#include "core/review/row_loader.h"

#include <QObject>
#include <QString>

#include <memory>
#include <span>

namespace workbench {

using LoadedRowPtr = std::shared_ptr<const LoadedRow>;

/// GUI thread only. Loads on a thread of its own, newest request first; requests of an older index are
/// dropped.
class RowService final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t CacheRows = 4096;

    explicit RowService(QObject* parent = nullptr);
    ~RowService() override;

    /// Empties the cache unless `index` continues the present one (same files, more rows).
    void setIndex(IndexPtr index);
    /// The row if it is here already, else null and nothing happens.
    [[nodiscard]] LoadedRowPtr cached(RowNumber row) const;
    /// Loads those that are not here; loaded() follows. Rows asked for earlier and not begun are given up
    /// when there are more than CacheRows / 2 of them.
    void request(std::span<const RowNumber> rows);
    /// True while something asked for has not been answered: a picture of the window would be unfinished.
    [[nodiscard]] bool busy() const;

    void requestMaskedLine(RowNumber row);
    /// For the person who pressed Reveal; answered once, never cached.
    void requestReveal(const IndexedFinding& finding);

Q_SIGNALS:
    void loaded(const std::vector<workbench::RowNumber>& rows);
    void loadFailed(const workbench::Error& error);
    void maskedLineReady(workbench::RowNumber row, const workbench::MaskedLine& line);
    void maskedLineFailed(workbench::RowNumber row, const workbench::Error& error);
    /// The receiver shows `raw` and keeps no copy.
    void revealed(const workbench::IndexedFinding& finding, const QString& raw);
    void revealFailed(const workbench::IndexedFinding& finding, const workbench::Error& error);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace workbench
