// SPDX-License-Identifier: GPL-3.0-or-later
/// Shows one raw value on the screen and nowhere else, for a few seconds.
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <QTimer>
#include <QWidget>

namespace workbench {

/// The value is painted, never a widget's text: it cannot be selected, copied, dragged or read by an
/// accessibility tool. It is painted only into what the window itself shows; QWidget::grab() and render()
/// paint into something else and get an empty box, so no saved picture holds it (see paintEvent).
/// The value is overwritten in memory when it is hidden: after the time, on Esc, when the view or the
/// window loses its place in front, or by whoever calls hideValue().
class SecretView final : public QWidget {
    Q_OBJECT

public:
    explicit SecretView(QWidget* parent = nullptr);
    ~SecretView() override;

    /// Takes its own copy; the caller's is the caller's to forget. Seconds from now.
    void showValue(const QString& value, int seconds);
    void hideValue(); ///< nothing happens when none is shown
    void extend(); ///< the whole time again
    [[nodiscard]] bool showsValue() const { return m_shows; }
    [[nodiscard]] int secondsLeft() const; ///< rounded up
    [[nodiscard]] double shareLeft() const; ///< 1 at first, 0 at the end
    /// A long value is looked at piece by piece: up and down by lines, pages or to the ends. False: all of it
    /// is in sight, or the key is another one.
    bool scrollByKey(int key);
    [[nodiscard]] bool scrolls() const; ///< there is more than is in sight
    [[nodiscard]] int scrolled() const { return m_scrolled; } ///< pixels above what is in sight

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void ticked(); ///< 20 times a second while a value is shown
    void hidden();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool paintsToScreen() const;
    [[nodiscard]] int textHeight(int width) const;
    [[nodiscard]] QRect textRect() const;
    [[nodiscard]] int mostScrolled() const;
    void scrollTo(int pixels);

    QString m_value; ///< never shared with another QString: overwriting it leaves no copy behind
    bool m_shows = false;
    int m_scrolled = 0;
    int m_wheel = 0; ///< turned, but less than a step
    int m_milliseconds = 0;
    QElapsedTimer m_since;
    QTimer m_tick;
    QWidget* m_window = nullptr; ///< whose activation we watch
};

} // namespace workbench
