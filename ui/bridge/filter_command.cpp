// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/filter_command.h"

#include "ui/bridge/workbench_state.h"

#include <utility>

namespace workbench {

FilterCommand::FilterCommand(
    WorkbenchState& state, ExampleFilter before, ExampleFilter after, const QString& text)
    : QUndoCommand(text)
    , m_state(state)
    , m_before(std::move(before))
    , m_after(std::move(after))
{
    m_age.start();
}

FilterCommand* FilterCommand::restored(
    WorkbenchState& state, ExampleFilter before, ExampleFilter after, const QString& text)
{
    auto* command = new FilterCommand(state, std::move(before), std::move(after), text);
    command->m_age.invalidate();
    return command;
}

void FilterCommand::undo() { m_state.setFilterNow(m_before); }

void FilterCommand::redo() { m_state.setFilterNow(m_after); }

bool FilterCommand::mergeWith(const QUndoCommand* other)
{
    // The stack asks only for commands of the same id, and only FilterCommand has it.
    const auto* next = dynamic_cast<const FilterCommand*>(other);
    if (!next || next->text() != text() || !m_age.isValid() || m_age.elapsed() > MergeMs) {
        return false;
    }
    m_after = next->m_after;
    m_age.restart();
    setObsolete(m_after == m_before); // back where it began: nothing to undo
    return true;
}

} // namespace workbench
