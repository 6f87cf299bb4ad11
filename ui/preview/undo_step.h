// SPDX-License-Identifier: GPL-3.0-or-later
/// One thing that can be taken back: a name, how to do it, how to undo it.
#pragma once

#include <QUndoCommand>

#include <functional>

namespace workbench {

class UndoStep final : public QUndoCommand {
public:
    UndoStep(const QString& name, std::function<void()> again, std::function<void()> back)
        : QUndoCommand(name)
        , m_again(std::move(again))
        , m_back(std::move(back))
    {
    }

    void redo() override { m_again(); }
    void undo() override { m_back(); }

private:
    std::function<void()> m_again;
    std::function<void()> m_back;
};

} // namespace workbench
