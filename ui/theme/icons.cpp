// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QDir>
#include <QGuiApplication>
#include <QHash>
#include <QIconEngine>
#include <QImage>
#include <QPainter>
#include <QPixmapCache>
#include <QPointer>
#include <QSvgRenderer>

#include <algorithm>

namespace workbench {
namespace {

/// As parsed. Kept: to parse one for another colour or size took 5 ms, a third of a frame, when gigabytes had
/// been scanned since the last time (0.03 ms when not).
QSvgRenderer& shape(const QString& name)
{
    static QHash<QString, QPointer<QSvgRenderer>> shapes;
    QPointer<QSvgRenderer>& known = shapes[name];
    if (!known) {
        known = new QSvgRenderer(QStringLiteral(":/icons/%1.svg").arg(name), qApp);
    }
    return *known;
}

/// `pixels` are device pixels.
QPixmap render(const QString& name, const QColor& color, const QSize& pixels)
{
    // A picture asked for wider than high keeps the rest free on the side of the text.
    const bool mirrored = QGuiApplication::isRightToLeft();
    const QString key = QStringLiteral("workbench/%1/%2/%3x%4/%5")
                            .arg(name, color.name(QColor::HexArgb))
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(mirrored);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    const int side = std::min(pixels.width(), pixels.height());
    const int left = mirrored ? pixels.width() - side : 0;
    shape(name).render(&painter, QRectF(left, (pixels.height() - side) / 2.0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Asks for its colour each time it is painted, so that a changed theme needs no new icons.
class TintedIconEngine final : public QIconEngine {
public:
    explicit TintedIconEngine(QString name) : m_name(std::move(name)) {}
    TintedIconEngine(QString name, QColor ThemeColors::*token) : m_name(std::move(name)), m_token(token) {}
    TintedIconEngine(QString name, const QColor& color) : m_name(std::move(name)), m_color(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State iconState) override
    {
        const qreal scale = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * scale, mode, iconState, scale));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return render(m_name, colorFor(mode), size);
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        QPixmap picture = render(m_name, colorFor(mode), size);
        picture.setDevicePixelRatio(scale);
        return picture;
    }

    [[nodiscard]] QIconEngine* clone() const override { return new TintedIconEngine(*this); }
    [[nodiscard]] QString key() const override { return QStringLiteral("workbench"); }

private:
    [[nodiscard]] QColor colorFor(QIcon::Mode mode) const
    {
        const ThemeColors& colors = Theme::colors();
        if (m_color.isValid()) {
            return m_color;
        }
        if (mode == QIcon::Disabled) {
            return colors.text3;
        }
        if (m_token) {
            return colors.*m_token;
        }
        return mode == QIcon::Selected ? colors.onSelection : colors.text;
    }

    QString m_name;
    QColor ThemeColors::*m_token = nullptr;
    QColor m_color;
};

} // namespace

void prepareIcons()
{
    for (const QString& file : QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")})) {
        (void)shape(file.chopped(4));
    }
}

QIcon icon(const QString& name) { return QIcon(new TintedIconEngine(name)); }

QIcon icon(const QString& name, QColor ThemeColors::*token)
{
    return QIcon(new TintedIconEngine(name, token));
}

QIcon icon(const QString& name, const QColor& color) { return QIcon(new TintedIconEngine(name, color)); }

QPixmap iconPixmap(const QString& name, const QColor& color, int size, qreal devicePixelRatio)
{
    const int side = qRound(size * devicePixelRatio);
    QPixmap pixmap = render(name, color, QSize(side, side));
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace workbench
