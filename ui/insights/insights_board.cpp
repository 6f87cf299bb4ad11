// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/insights/insights_board.h"

#include "ui/bridge/qt_text.h"
#include "ui/insights/insight_card.h"
#include "ui/schema/schema_words.h"
#include "ui/theme/sizes.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QPainter>

#include <algorithm>

namespace workbench {

namespace {

constexpr int CardGap = 16;

} // namespace

InsightsBoard::InsightsBoard(QWidget* parent)
    : QWidget(parent)
    , m_feature(new QComboBox(this))
    , m_grid(new QGridLayout(this))
{
    const std::array<QString, Cards> names {tr("Industry by source"), tr("Boundary classes"),
        tr("Pressure keys"), tr("Nulls"), tr("One feature"), tr("Reviewer scores")};
    for (std::size_t i = 0; i < Cards; ++i) {
        m_cards[i] = new InsightCard(names[i], this);
    }
    m_feature->setAccessibleName(tr("Feature shown"));
    m_feature->setObjectName(QStringLiteral("insightFeature"));
    m_feature->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_feature->setMinimumContentsLength(16);
    m_feature->setMaxVisibleItems(20);
    m_cards[Feature]->addControl(m_feature);
    m_grid->setContentsMargins(CardGap, CardGap, CardGap, CardGap);
    m_grid->setSpacing(CardGap);
    arrange();

    connect(m_cards[Industry], &InsightCard::barChosen, this, &InsightsBoard::industryChosen);
    connect(m_cards[Industry], &InsightCard::legendChosen, this, &InsightsBoard::sourceChosen);
    connect(m_cards[Reviews], &InsightCard::barChosen, this, &InsightsBoard::labelledChosen);
    connect(m_cards[Nulls], &InsightCard::moreRequested, this, [this] {
        m_allNulls = true;
        showCards();
    });
    connect(m_feature, &QComboBox::currentIndexChanged, this, &InsightsBoard::showFeature);
}

void InsightsBoard::setStatistics(StatisticsPtr statistics)
{
    m_statistics = std::move(statistics);
    if (m_statistics) {
        fillFeatures();
        showCards();
    }
}

void InsightsBoard::fillFeatures()
{
    const Schema& schema = *m_statistics->selection->index->schema();
    if (m_featuresOf == toQt(schema.fingerprint())) {
        return;
    }
    m_featuresOf = toQt(schema.fingerprint());
    const QSignalBlocker quiet(m_feature);
    m_feature->clear();
    int preferred = -1;
    for (const workbench::Feature& feature : schema.features()) {
        const QString key = toQt(feature.key);
        m_feature->addItem(
            feature.unit.empty() ? key : tr("%1 · %2", "feature, unit").arg(key, toQt(feature.unit)));
        if (feature.key == "invoice_total_sum_log"
            || (preferred < 0 && feature.kind == FeatureKind::Number)) {
            preferred = m_feature->count() - 1;
        }
    }
    m_feature->setCurrentIndex(std::max(0, preferred));
}

void InsightsBoard::showCards()
{
    m_cards[Industry]->setContent(industryContent(*m_statistics));
    m_cards[Boundary]->setContent(boundaryContent(*m_statistics));
    m_cards[Pressure]->setContent(pressureContent(*m_statistics));
    m_cards[Nulls]->setContent(nullsContent(*m_statistics, m_allNulls));
    m_cards[Reviews]->setContent(reviewContent(*m_statistics));
    showFeature();
}

void InsightsBoard::showFeature()
{
    if (!m_statistics || m_feature->currentIndex() < 0) {
        return;
    }
    const auto place = static_cast<std::size_t>(m_feature->currentIndex());
    const workbench::Feature feature = m_statistics->selection->index->schema()->features()[place];
    m_cards[Feature]->setContent(featureContent(*m_statistics, place),
        [feature](double value) { return observedText(feature, value); });
}

void InsightsBoard::setNumbersShown(bool shown)
{
    for (InsightCard* card : m_cards) {
        card->setNumbersShown(shown);
    }
}

void InsightsBoard::arrange()
{
    const int columns
        = std::clamp((width() - CardGap) / (sized(LeastCardWidth) + CardGap), 1, static_cast<int>(Cards));
    if (columns == m_columns) {
        return;
    }
    for (int column = 0; column < m_columns; ++column) {
        m_grid->setColumnStretch(column, 0);
    }
    m_columns = columns;
    for (std::size_t i = 0; i < Cards; ++i) {
        m_grid->addWidget(m_cards[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    }
    for (int column = 0; column < columns; ++column) {
        m_grid->setColumnStretch(column, 1);
    }
    for (int row = 0; row <= static_cast<int>(Cards); ++row) {
        m_grid->setRowStretch(row, row * columns >= static_cast<int>(Cards) ? 1 : 0); // the rest stays empty
    }
}

void InsightsBoard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void InsightsBoard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_statistics) {
        showCards(); // the legend's swatches are pictures
    }
}

QImage InsightsBoard::picture()
{
    constexpr int Scale = 2;
    QImage image(size() * Scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(Scale);
    image.fill(Theme::colors().window);
    QPainter painter(&image);
    render(&painter);
    return image;
}

} // namespace workbench
