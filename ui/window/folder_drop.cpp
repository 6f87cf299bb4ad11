// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/folder_drop.h"

#include "core/input/packed_text.h"
#include "ui/bridge/qt_text.h"

#include "ui/theme/icons.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace workbench {
namespace {

/// The same as the dialog for databases offers.
bool isDatabaseName(const QString& path)
{
    const QString name = path.toLower();
    return name.endsWith(QLatin1String(".db")) || name.endsWith(QLatin1String(".sqlite"))
        || name.endsWith(QLatin1String(".sqlite3"));
}

} // namespace

QString droppedFolder(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    if (urls.isEmpty() || !urls.first().isLocalFile()) {
        return {};
    }
    QString path = urls.first().toLocalFile();
    while (path.size() > 1 && path.endsWith(QLatin1Char('/'))) {
        path.chop(1);
    }
    if (isExamplesName(fromQt(path))) {
        path.truncate(path.lastIndexOf(QLatin1Char('/')));
        return path;
    }
    return isDatabaseName(path) || QFileInfo(path).isDir() ? path : QString();
}

FolderDrop::FolderDrop(QWidget* window, QWidget* centre) : QWidget(centre), m_centre(centre)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    window->setAcceptDrops(true);
    window->installEventFilter(this);
}

bool FolderDrop::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto* drag = static_cast<QDragMoveEvent*>(event); // QDragEnterEvent is one
        const bool enters = event->type() == QEvent::DragEnter; // what it is, is looked up once
        const QString folder = enters ? droppedFolder(*drag->mimeData()) : m_folder;
        m_folder = folder;
        if (folder.isEmpty()) {
            break;
        }
        drag->setDropAction(Qt::CopyAction); // reading never moves anything
        drag->accept();
        cover();
        return true;
    }
    case QEvent::DragLeave:
        hide();
        break;
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        const QString folder = droppedFolder(*drop->mimeData());
        hide();
        if (folder.isEmpty()) {
            break;
        }
        drop->setDropAction(Qt::CopyAction);
        drop->accept();
        Q_EMIT dropped(folder);
        return true;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FolderDrop::cover()
{
    setGeometry(m_centre->rect());
    raise();
    show();
    update();
}

void FolderDrop::paintEvent(QPaintEvent*)
{
    constexpr int Margin = 12;
    constexpr int IconSize = 36;
    const ThemeColors& c = Theme::colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.base);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(c.accent, 2, Qt::DashLine));
    painter.setBrush(c.selection);
    const QRectF zone = QRectF(rect()).adjusted(Margin, Margin, -Margin, -Margin);
    painter.drawRoundedRect(zone, 6, 6);
    const QPointF middle = zone.center();
    painter.drawPixmap(middle - QPointF(IconSize / 2.0, IconSize + 8),
        iconPixmap(QStringLiteral("open"), c.accent, IconSize, devicePixelRatioF()));
    painter.setFont(Theme::firstRunFont());
    painter.setPen(c.onSelection);
    const QString text = painter.fontMetrics().elidedText(
        tr("Open %1").arg(m_folder), Qt::ElideMiddle, static_cast<int>(zone.width()) - 4 * Margin);
    painter.drawText(
        QRectF(zone.left(), middle.y(), zone.width(), 40), static_cast<int>(Qt::AlignCenter), text);
}

} // namespace workbench
