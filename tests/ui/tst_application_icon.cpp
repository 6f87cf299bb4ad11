// SPDX-License-Identifier: Apache-2.0
/// The application's icon in the sizes that desktops look for, and the symbolic one in colours that they
/// choose.
#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <QTest>

namespace {

QImage rendered(const QByteArray& svg, int size)
{
    QSvgRenderer renderer(svg);
    QImage image(size, size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    renderer.render(&painter);
    return image;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// How much of the picture is covered, 0 to 1.
double inked(const QImage& image)
{
    double alpha = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            alpha += qAlpha(image.pixel(x, y)) / 255.0;
        }
    }
    return alpha / (image.width() * image.height());
}

const QString Icons = QStringLiteral(WORKBENCH_SOURCE_DIR "/resources/icons/");

} // namespace

class TestApplicationIcon final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_size_is_what_the_drawing_gives_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {16, 24, 32, 48, 64, 128, 256, 512}) {
            QTest::addRow("%d", size) << size;
        }
    }

    /// WORKBENCH_RENDER_ICONS=1 makes them anew after the drawing was changed.
    void each_size_is_what_the_drawing_gives()
    {
        QFETCH(int, size);
        const QString path = Icons + QStringLiteral("signals-workbench-%1.png").arg(size);
        const QImage drawn = rendered(contents(Icons + QStringLiteral("signals-workbench.svg")), size);
        QVERIFY(inked(drawn) > 0.5);
        if (qEnvironmentVariableIsSet("WORKBENCH_RENDER_ICONS")) {
            QVERIFY(drawn.save(path));
        }
        const QImage kept = QImage(path).convertToFormat(QImage::Format_ARGB32);
        QCOMPARE(kept.size(), QSize(size, size));
        int far = 0; // another version of Qt may round otherwise
        for (int y = 0; y < size; ++y) {
            for (int x = 0; x < size; ++x) {
                const QRgb one = kept.pixel(x, y);
                const QRgb other = drawn.pixel(x, y);
                far += std::abs(qRed(one) - qRed(other)) > 24 || std::abs(qGreen(one) - qGreen(other)) > 24
                        || std::abs(qBlue(one) - qBlue(other)) > 24
                        || std::abs(qAlpha(one) - qAlpha(other)) > 24
                    ? 1
                    : 0;
            }
        }
        QVERIFY2(far <= size * size / 50, qPrintable(QString::number(far)));
    }

    /// Desktops give a symbolic icon their own colour by its fills; what is drawn by strokes stays black.
    void the_symbolic_one_is_made_of_fills_alone()
    {
        const QByteArray svg = contents(Icons + QStringLiteral("signals-workbench-symbolic.svg"));
        QVERIFY(!svg.contains("stroke") && !svg.contains("fill=\"none\""));
        QByteArray white = svg;
        white.replace("#000", "#fff");
        const QImage image = rendered(white, 64);
        QVERIFY(inked(image) > 0.2 && inked(image) < 0.6);
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x) {
                const QRgb pixel = image.pixel(x, y);
                QVERIFY(qAlpha(pixel) == 0 || qRed(pixel) > 200);
            }
        }
        const QString pictures = qEnvironmentVariable("WORKBENCH_PICTURES");
        if (!pictures.isEmpty()) {
            QImage sheet(256, 256, QImage::Format_ARGB32);
            sheet.fill(Qt::white);
            QPainter(&sheet).drawImage(0, 0, rendered(svg, 256));
            QVERIFY(sheet.save(pictures + QStringLiteral("/symbolic.png")));
        }
    }
};

QTEST_MAIN(TestApplicationIcon)
#include "tst_application_icon.moc"
