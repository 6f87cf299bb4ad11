// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pane_splitter.h"

#include "ui/theme/sizes.h"

#include <QMouseEvent>
#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace workbench {

namespace {

class PaneHandle final : public QSplitterHandle {
public:
    explicit PaneHandle(PaneSplitter& splitter)
        : QSplitterHandle(splitter.orientation(), &splitter)
        , m_splitter(splitter)
    {
    }

protected:
    void mouseDoubleClickEvent(QMouseEvent* event) override
    {
        m_splitter.restoreUsual();
        event->accept();
    }

private:
    PaneSplitter& m_splitter;
};

} // namespace

PaneSplitter::PaneSplitter(QString settingsKey, QWidget* parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_settingsKey(std::move(settingsKey))
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_usual = false;
        QSettings().setValue(m_settingsKey, saveState());
    });
}

void PaneSplitter::setUsualWidths(QList<int> widths)
{
    m_widths = std::move(widths);
    for (int pane = 0; pane < count(); ++pane) {
        setStretchFactor(pane, pane < m_widths.size() && m_widths[pane] == 0 ? 1 : 0);
    }
    m_usual = !restoreState(QSettings().value(m_settingsKey).toByteArray());
    applyUsual();
}

void PaneSplitter::restoreUsual()
{
    m_usual = true;
    QSettings().remove(m_settingsKey);
    applyUsual();
}

int PaneSplitter::usualDetailWidth(int width)
{
    struct Point {
        int width; ///< of the panes: of the window without its filters
        int detail;
    };
    constexpr std::array<Point, 3> Points {{{1030, 280}, {1190, 340}, {1670, 480}}};
    constexpr int Unit = 1000;
    const int unscaled = static_cast<int>(static_cast<qint64>(width) * Unit / sized(Unit));
    const Point& from = unscaled < Points[1].width ? Points[0] : Points[1];
    const Point& to = unscaled < Points[1].width ? Points[1] : Points[2];
    const int at = std::clamp(unscaled, from.width, to.width) - from.width;
    return sized(from.detail + (to.detail - from.detail) * at / (to.width - from.width));
}

QSplitterHandle* PaneSplitter::createHandle() { return new PaneHandle(*this); }

void PaneSplitter::resizeEvent(QResizeEvent* event)
{
    QSplitter::resizeEvent(event);
    applyUsual();
}

void PaneSplitter::applyUsual()
{
    if (!m_usual || m_widths.isEmpty()) {
        return;
    }
    const int detail = usualDetailWidth(width());
    QList<int> sizes;
    int left = width() - detail - handleWidth() * static_cast<int>(m_widths.size());
    for (const int wanted : std::as_const(m_widths)) {
        sizes << sized(wanted);
        left -= sized(wanted);
    }
    std::replace(sizes.begin(), sizes.end(), 0, std::max(left, 1));
    sizes << detail;
    setSizes(sizes);
}

} // namespace workbench
