// SPDX-License-Identifier: Apache-2.0
/// What a disk may hold after the power went away while a program wrote: its calls are replayed on a model of
/// a disk that keeps nothing but what was flushed for certain. Of everything else each page of a write, each
/// size and each name is there or not, by chance and whatever the order in which they were made. No file
/// system is worse; most are kinder (in which names are kept, or by keeping them in order).
#pragma once

#include "tests/faults/struck_export.h"

#include <QByteArray>
#include <QString>

#include <vector>

class PowerLoss {
public:
    /// `journal` as journal_shim.cpp writes it, of a run below `folder` that found `before` there, flushed.
    PowerLoss(const QByteArray& journal, const QString& folder, Tree before);
    ~PowerLoss();
    PowerLoss(const PowerLoss&) = delete;
    PowerLoss& operator=(const PowerLoss&) = delete;
    PowerLoss(PowerLoss&&) = delete;
    PowerLoss& operator=(PowerLoss&&) = delete;

    /// The calls of the run that changed or flushed something.
    [[nodiscard]] int calls() const;
    /// Takes the flushes out: what a program would leave that forgot them.
    void forgetFlushes();
    /// What may be there when the power goes after so many calls; the same for the same `seed`.
    [[nodiscard]] Tree after(int calls, quint32 seed) const;
    /// What is there after all, without a loss.
    [[nodiscard]] Tree unhurt() const;

private:
    struct Call;

    [[nodiscard]] Tree replayed(int calls, quint32 seed, bool lossless) const;

    Tree m_before;
    std::vector<Call> m_calls;
};
