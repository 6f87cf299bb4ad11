// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented_control.h"

#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"

#include <QButtonGroup>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace workbench {
SegmentedControl::SegmentedControl(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(accessibleName);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        // Arrow keys click, too; a choice by setCurrent() happens with signals blocked.
        if (on) {
            Q_EMIT chosen(id);
        }
    });
}

void SegmentedControl::addSegment(int id, const QString& label, const QIcon& icon)
{
    auto* button = new QPushButton(label, this);
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setFont(Theme::captionFont());
    button->setIcon(icon);
    button->setIconSize(QSize(sized(14) + 4, sized(14)));
    button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_group->addButton(button, id);
    layout()->addWidget(button);
    m_segments.push_back({id, label, button});
    const bool mirrored = QGuiApplication::isRightToLeft(); // the style names what the eye sees
    for (std::size_t i = 0; i < m_segments.size(); ++i) {
        const bool isFirst = i == 0;
        const bool isLast = i + 1 == m_segments.size();
        const char* place = "middle";
        if (isFirst && isLast) {
            place = "only";
        } else if (isFirst || isLast) {
            place = isFirst != mirrored ? "first" : "last";
        }
        setLook(m_segments[i].button, "segment", QLatin1String(place));
    }
    if (m_segments.size() == 1) {
        setCurrent(id);
    }
}

void SegmentedControl::setCount(int id, quint64 count, bool growing)
{
    showText(id, countText(count, growing));
}

void SegmentedControl::clearCount(int id) { showText(id, QString()); }

void SegmentedControl::setSegmentEnabled(int id, bool enabled) { button(id)->setEnabled(enabled); }

QPushButton* SegmentedControl::button(int id) const
{
    return qobject_cast<QPushButton*>(m_group->button(id));
}

int SegmentedControl::current() const { return m_group->checkedId(); }

void SegmentedControl::setCurrent(int id)
{
    const QSignalBlocker quiet(m_group);
    if (QPushButton* which = button(id)) {
        which->setChecked(true);
    }
}

void SegmentedControl::showText(int id, const QString& count)
{
    for (const Segment& segment : m_segments) {
        if (segment.id == id) {
            segment.button->setText(
                count.isEmpty() ? segment.label : tr("%1 %2", "label, count").arg(segment.label, count));
        }
    }
}

} // namespace workbench
