// SPDX-License-Identifier: Apache-2.0
// Packed data: a first byte for the format and the size of pieces. In pieces it says what it says at once.
#include "core/input/packed_text.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <string>
#include <vector>

namespace workbench::fuzz {

namespace {

constexpr std::size_t MostText = 1U << 18U;

struct Unpacked {
    std::string text;
    bool sound = true;
    bool mayEnd = false;
    bool cut = false; ///< there is more than anybody here wants to see
};

Unpacked unpackedIn(std::string_view packed, Packing packing, std::size_t taken, std::size_t room)
{
    Unpacked all;
    const auto unpacker = makeUnpacker(packing);
    promise(unpacker != nullptr, "there is no unpacker");
    std::vector<char> into(room);
    std::size_t at = 0;
    for (;;) {
        const std::vector<char> piece(packed.begin() + static_cast<std::ptrdiff_t>(at),
            packed.begin() + static_cast<std::ptrdiff_t>(std::min(at + taken, packed.size())));
        const Unpacker::Step step = unpacker->unpack(piece.data(), piece.size(), into.data(), into.size());
        promise(step.taken <= piece.size() && step.given <= room, "more than there is");
        at += step.taken;
        all.text.append(into.data(), step.given);
        if (!step.sound) {
            all.sound = false;
            return all;
        }
        all.cut = all.text.size() > MostText;
        if (all.cut || (step.given == 0 && at == packed.size())) {
            break;
        }
        promise(step.taken > 0 || step.given > 0, "an unpacker that stands still");
    }
    all.mayEnd = unpacker->mayEnd();
    return all;
}

} // namespace

void unpack(std::string_view input)
{
    if (input.empty()) {
        return;
    }
    const auto how = static_cast<unsigned char>(input.front());
    const Packing packing = (how & 1U) == 0 ? Packing::Gzip : Packing::Zstd;
    const std::string_view packed = input.substr(1);
    const Unpacked atOnce = unpackedIn(packed, packing, packed.size() + 1, MostText + 1);
    const Unpacked inPieces = unpackedIn(packed, packing, 1 + (how >> 1U) % 8, 1 + (how >> 4U) * 40);
    if (atOnce.cut || inPieces.cut) {
        const std::size_t both = std::min(atOnce.text.size(), inPieces.text.size());
        promise(
            atOnce.text.substr(0, both) == inPieces.text.substr(0, both), "pieces begin with another text");
        return;
    }
    // A cut header may be found wrong only when more of it comes: whoever reads refuses both.
    const bool isWhole = atOnce.sound && atOnce.mayEnd;
    promise(
        isWhole == (inPieces.sound && inPieces.mayEnd), "whole in pieces and not at once, or the reverse");
    promise(!isWhole || atOnce.text == inPieces.text, "pieces give another text");
}

} // namespace workbench::fuzz
