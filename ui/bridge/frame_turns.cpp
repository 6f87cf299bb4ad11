// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/frame_turns.h"

#include <algorithm>
#include <utility>

namespace workbench {
namespace {

constexpr int MostPutOff = 3; ///< times in a row

} // namespace

FrameTurns::FrameTurns()
{
    m_frame.setSingleShot(true);
    m_frame.setTimerType(Qt::PreciseTimer);
    m_frame.callOnTimeout([this] { next(); });
}

void FrameTurns::taken()
{
    if (!m_waiting.empty() && ++m_putOff > MostPutOff) {
        return; // somebody scrolls all the time: the others get their turn nevertheless
    }
    m_frame.start(FrameMs);
}

void FrameTurns::next()
{
    if (m_waiting.empty()) {
        return;
    }
    FrameTurn* const turn = m_waiting.front();
    m_waiting.pop_front();
    m_putOff = 0;
    m_frame.start(FrameMs); // before the work, which may ask for another turn or show something at once
    std::exchange(turn->m_work, nullptr)();
}

void FrameTurn::ask(std::function<void()> work)
{
    if (!waiting()) {
        m_turns.m_waiting.push_back(this);
    }
    m_work = std::move(work);
    if (!m_turns.m_frame.isActive()) {
        m_turns.m_frame.start(0);
    }
}

void FrameTurn::forget()
{
    std::erase(m_turns.m_waiting, this);
    m_work = nullptr;
}

} // namespace workbench
