// SPDX-License-Identifier: GPL-3.0-or-later
/// One step of changing the filters, to be undone and redone.
#pragma once

#include "core/input/example_filter.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace workbench {

class WorkbenchState;

class FilterCommand final : public QUndoCommand {
public:
    static constexpr int Id = 1;
    static constexpr qint64 MergeMs = 1000;

    FilterCommand(WorkbenchState& state, ExampleFilter before, ExampleFilter after, const QString& text);

    /// One of an earlier session: what follows it is another step, however soon.
    [[nodiscard]] static FilterCommand* restored(
        WorkbenchState& state, ExampleFilter before, ExampleFilter after, const QString& text);

    [[nodiscard]] const ExampleFilter& before() const { return m_before; }
    [[nodiscard]] const ExampleFilter& after() const { return m_after; }
    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return Id; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    WorkbenchState& m_state;
    ExampleFilter m_before;
    ExampleFilter m_after;
    QElapsedTimer m_age;
};

} // namespace workbench
