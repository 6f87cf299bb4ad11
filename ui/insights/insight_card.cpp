// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/insight_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plain_table.h"
#include "ui/widgets/tone_label.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace workbench {

namespace {

constexpr int Padding = 16;
/// Bars have room for their focus ring; the text around them lines up with the bars' labels.
constexpr int RingRoom = 4;

QIcon swatch(const QColor& color)
{
    QPixmap picture(14, 10); // the rest is air before the word
    picture.fill(Qt::transparent);
    QPainter(&picture).fillRect(0, 0, 10, 10, color);
    return QIcon(picture);
}

/// A figure stands below the end of its column's name, which keeps more distance than cells do by themselves.
class NumbersDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const override
    {
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->fillRect(option.rect, option.palette.highlight());
        }
        QStyleOptionViewItem inner = option;
        const int more = margin(option);
        inner.rect.adjust(more, 0, -more, 0);
        QStyledItemDelegate::paint(painter, inner, at);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& at) const override
    {
        return QStyledItemDelegate::sizeHint(option, at) + QSize(2 * margin(option), 0);
    }

private:
    [[nodiscard]] static int margin(const QStyleOptionViewItem& option)
    {
        const QStyle* style = option.widget->style();
        return style->pixelMetric(QStyle::PM_HeaderMargin, nullptr, option.widget)
            - style->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, option.widget) - 1;
    }
};

} // namespace

InsightCard::InsightCard(const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_title(new ToneLabel(TextSize::Strong, TextTone::Plain, this))
    , m_caption(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
    , m_column(new QVBoxLayout(this))
    , m_bars(new BarChart(this))
    , m_histogram(new HistogramChart(this))
    , m_numbers(new QTableWidget(this))
    , m_legend(new QWidget(this))
    , m_legendRow(new QHBoxLayout(m_legend))
    , m_more(makeLinkButton(QString(), this))
    , m_footer(new ToneLabel(TextSize::Caption, TextTone::Secondary, this))
{
    setProperty("frame", QStringLiteral("card"));
    setAccessibleName(name);
    m_title->setWordWrap(true);
    m_caption->setWordWrap(true);
    m_footer->setWordWrap(true);
    m_histogram->setAccessibleName(name);

    m_numbers->setAccessibleName(tr("%1, numbers").arg(name));
    m_numbers->setEditTriggers(QAbstractItemView::NoEditTriggers);
    makePlain(*m_numbers);
    m_numbers->setItemDelegate(new NumbersDelegate(m_numbers));
    m_numbers->setFont(Theme::tableFont());
    makePlainHeader(*m_numbers);
    m_numbers->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    m_legendRow->setContentsMargins(0, 4, 0, 0);
    m_legendRow->setSpacing(4);

    for (QLabel* label : {m_title, m_caption, m_footer}) {
        label->setContentsMargins(RingRoom, 0, RingRoom, 0);
    }
    m_column->setContentsMargins(Padding - RingRoom, Padding - 2, Padding - RingRoom, Padding);
    m_column->setSpacing(2);
    m_column->addWidget(m_title);
    m_column->addWidget(m_caption);
    m_column->addSpacing(8);
    m_column->addWidget(m_bars);
    m_column->addWidget(m_histogram);
    m_column->addWidget(m_numbers);
    m_column->addWidget(m_legend);
    auto* moreRow = new QHBoxLayout;
    moreRow->setContentsMargins(2, 0, 0, 0);
    moreRow->addWidget(m_more);
    moreRow->addStretch();
    m_column->addLayout(moreRow);
    m_column->addSpacing(2);
    m_column->addWidget(m_footer);
    m_column->addStretch();

    connect(m_bars, &BarChart::barActivated, this, &InsightCard::barChosen);
    connect(m_more, &QPushButton::clicked, this, &InsightCard::moreRequested);
    showWhatFits();
}

void InsightCard::addControl(QWidget* control)
{
    auto* row = new QHBoxLayout;
    row->setContentsMargins(RingRoom, 4, RingRoom, 0);
    row->addWidget(control);
    m_column->insertLayout(2, row);
}

QString InsightCard::title() const { return m_title->text(); }

void InsightCard::setContent(const InsightContent& content, const HistogramChart::ValueText& valueText)
{
    m_title->setText(content.text.title);
    m_caption->setText(content.text.caption);
    m_caption->setVisible(!content.text.caption.isEmpty());
    m_hasHistogram = content.histogram.has_value();
    m_bars->setBars(content.bars, content.track);
    if (content.histogram) {
        m_histogram->setHistogram(*content.histogram, content.median, content.tone, valueText);
    }
    m_hasMore = content.more > 0;
    m_more->setText(tr("%1 more").arg(countText(content.more)));
    m_footer->setText(content.footer);
    m_footer->setVisible(!content.footer.isEmpty());
    showLegend(content.legend);
    showNumbers(content.numbers);
    showWhatFits();
}

void InsightCard::showLegend(const std::vector<LegendEntry>& legend)
{
    // Buttons are kept, so that a legend entry that was just chosen keeps the focus.
    while (m_legendRow->count() > static_cast<int>(legend.size()) + (m_legendRow->count() > 0 ? 1 : 0)) {
        QLayoutItem* item = m_legendRow->takeAt(0);
        delete item->widget();
        delete item;
    }
    if (m_legendRow->count() == 0) {
        for (const LegendEntry& entry : legend) {
            QPushButton* button = makeFlatButton(entry.label, QString(), m_legend);
            button->setFont(Theme::captionFont());
            connect(button, &QPushButton::clicked, this,
                [this, button] { Q_EMIT legendChosen(button->property("key").toString()); });
            m_legendRow->addWidget(button);
        }
        m_legendRow->addStretch();
    }
    for (std::size_t i = 0; i < legend.size(); ++i) {
        auto* button = qobject_cast<QPushButton*>(m_legendRow->itemAt(static_cast<int>(i))->widget());
        if (button == nullptr) {
            continue;
        }
        button->setText(legend[i].label);
        button->setIcon(swatch(legend[i].tone.color()));
        button->setIconSize({14, 10});
        button->setProperty("key", legend[i].key);
        button->setAccessibleName(tr("Only rows from %1").arg(legend[i].label));
    }
}

void InsightCard::showNumbers(const NumberTable& numbers)
{
    m_numbers->clear();
    m_numbers->setColumnCount(static_cast<int>(numbers.header.size()));
    m_numbers->setRowCount(static_cast<int>(numbers.lines.size()));
    m_numbers->setHorizontalHeaderLabels(numbers.header);
    for (int column = 0; column < numbers.header.size(); ++column) {
        const bool text = column == 0;
        const Qt::Alignment alignment = Qt::AlignVCenter | (text ? Qt::AlignLeft : Qt::AlignRight);
        m_numbers->horizontalHeaderItem(column)->setTextAlignment(alignment);
        m_numbers->horizontalHeader()->setSectionResizeMode(
            column, column == 0 ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
        for (std::size_t line = 0; line < numbers.lines.size(); ++line) {
            auto* item = new QTableWidgetItem(numbers.lines[line].value(column));
            item->setTextAlignment(alignment);
            item->setFont(text ? Theme::tableFont() : Theme::numberFont());
            m_numbers->setItem(static_cast<int>(line), column, item);
        }
    }
    const int lines = std::clamp(static_cast<int>(numbers.lines.size()), 1, 9);
    m_numbers->setFixedHeight(lines * Theme::rowHeight() + m_numbers->horizontalHeader()->height() + 1);
}

void InsightCard::setNumbersShown(bool shown)
{
    m_numbersShown = shown;
    showWhatFits();
}

void InsightCard::showWhatFits()
{
    const bool numbers = m_numbersShown && m_numbers->rowCount() > 0;
    m_numbers->setVisible(numbers);
    m_bars->setVisible(!numbers && !m_hasHistogram && !m_bars->bars().empty());
    m_histogram->setVisible(!numbers && m_hasHistogram);
    m_legend->setVisible(!numbers && m_legendRow->count() > 0);
    m_more->setVisible(!numbers && m_hasMore);
}

} // namespace workbench
