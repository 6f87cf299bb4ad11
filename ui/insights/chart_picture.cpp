// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/chart_picture.h"

#include <QImageWriter>
#include <QSaveFile>

namespace workbench {

namespace {

/// Empty when all went well.
QString write(const QImage& picture, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return file.errorString();
    }
    QImageWriter writer(&file, "png");
    if (!writer.write(picture)) {
        file.cancelWriting();
        return writer.errorString();
    }
    return file.commit() ? QString() : file.errorString();
}

} // namespace

ChartPicture::ChartPicture(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(1); }

void ChartPicture::save(const QImage& picture, const QString& path)
{
    ++m_busy;
    m_pool.start([this, picture, path] {
        const QString why = write(picture, path);
        QMetaObject::invokeMethod(
            this,
            [this, path, why] {
                --m_busy;
                if (why.isEmpty()) {
                    Q_EMIT saved(path);
                } else {
                    Q_EMIT failed(path, why);
                }
            },
            Qt::QueuedConnection);
    });
}

} // namespace workbench
