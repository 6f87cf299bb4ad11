// SPDX-License-Identifier: GPL-3.0-or-later
/// Writes a picture of the charts as a PNG file, off the GUI thread.
#pragma once

#include <QImage>
#include <QObject>
#include <QThreadPool>

namespace workbench {

/// GUI thread only.
class ChartPicture final : public QObject {
    Q_OBJECT

public:
    explicit ChartPicture(QObject* parent = nullptr);

    /// Whole or not at all; replaces an existing file, as the dialog has asked for that.
    void save(const QImage& picture, const QString& path);
    [[nodiscard]] bool busy() const { return m_busy > 0; }

Q_SIGNALS:
    void saved(const QString& path);
    void failed(const QString& path, const QString& why);

private:
    int m_busy = 0;
    QThreadPool m_pool; ///< one thread; last member: its destructor waits while the others still live
};

} // namespace workbench
