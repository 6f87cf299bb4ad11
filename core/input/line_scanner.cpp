// SPDX-License-Identifier: Apache-2.0
#include "core/input/line_scanner.h"

#include "core/base/eight_characters.h"
#include "core/base/same_text.h"
#include "core/guard/known_limits.h"
#include "core/input/example_slots.h"
#include "core/json/plain_number.h"
#include "core/row/row_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace workbench {

namespace {

/// ASCII that stands for itself in a string: no control character, quote, backslash or byte above 0x7e.
constexpr auto StandsForItself = [] {
    std::array<bool, 256> table {};
    for (std::size_t c = 0x20; c < 0x7f; ++c) {
        table[c] = c != '"' && c != '\\';
    }
    return table;
}();

/// How many of eight characters stand for themselves before the first that does not.
std::size_t standingAlone(std::uint64_t eight)
{
    constexpr std::uint64_t Each = 0x0101010101010101;
    constexpr std::uint64_t High = Each * 0x80;
    // Each sets the high bit of the characters it looks for; also of some that follow one, which no one asks.
    const auto are = [eight](char c) {
        const std::uint64_t zeros = eight ^ (Each * static_cast<unsigned char>(c));
        return (zeros - Each) & ~zeros;
    };
    const std::uint64_t controls = (eight - Each * 0x20) & ~eight;
    const std::uint64_t above = (eight + Each) | eight; // 0x7e
    return static_cast<std::size_t>(std::countr_zero((controls | above | are('"') | are('\\')) & High)) / 8;
}

std::string written(std::string_view key) { return '"' + std::string(key) + "\":"; }

bool isAsciiKey(std::string_view key)
{
    for (const char c : key) {
        if (!StandsForItself[static_cast<unsigned char>(c)]) {
            return false;
        }
    }
    return true;
}

} // namespace

/// One line from its first byte to its last.
class LineScanner::Walk {
public:
    Walk(const LineScanner& scanner, std::string_view line, TrainingExample& example)
        : m_scanner(scanner)
        , m_example(example)
        , m_begin(line.data())
        , m_at(line.data())
        , m_end(line.data() + line.size())
    {
    }

    bool run()
    {
        return members(m_scanner.m_root, [this](const Member& member) { return rootMember(member); })
            && m_at == m_end;
    }

private:
    static constexpr std::size_t DeepEnough = 8; ///< of MaxNesting, for what nobody wants
    static constexpr std::size_t FewKeys = 16;

    /// An object whose keys all stand in `known`, in any order, none of them twice.
    template <class Take> bool members(const std::vector<Member>& known, Take take)
    {
        if (!skip('{')) {
            return false;
        }
        if (skip('}')) {
            return true;
        }
        std::uint32_t seen = 0;
        std::size_t next = 0;
        do {
            std::size_t tried = 0;
            while (tried < known.size() && !skip(known[next].written)) {
                next = next + 1 < known.size() ? next + 1 : 0;
                ++tried;
            }
            const std::uint32_t mark = std::uint32_t {1} << next;
            if (tried == known.size() || (seen & mark) != 0 || !take(known[next])) {
                return false;
            }
            seen |= mark;
            next = next + 1 < known.size() ? next + 1 : 0;
        } while (skip(','));
        return skip('}');
    }

    bool rootMember(const Member& member)
    {
        switch (member.slot) {
        case Slot::Value:
            return value(m_example.*member.value);
        case Slot::Unused:
            return anything(0);
        case Slot::Features:
            begin(m_example.featuresObject);
            return features();
        case Slot::Targets:
            if (nothing(m_example.targetsObject)) {
                return true;
            }
            begin(m_example.targetsObject);
            return members(
                m_scanner.m_targets, [this](const Member& target) { return targetMember(target); });
        case Slot::Labels:
            if (nothing(m_example.labelsObject)) {
                return true;
            }
            begin(m_example.labelsObject);
            return members(m_scanner.m_labels, [this](const Member& label) { return labelMember(label); });
        }
        return false;
    }

    bool targetMember(const Member& member)
    {
        if (member.value == nullptr) {
            return anything(0);
        }
        return member.value == &TrainingExample::pressureKeys ? pressureKeys()
                                                              : value(m_example.*member.value);
    }

    bool labelMember(const Member& member)
    {
        JsonValue read;
        if (!value(read)) {
            return false;
        }
        if (read.type != JsonType::Null) {
            m_example.labelled = true;
            if (member.value == nullptr) {
                noteWithheldLabel(
                    m_example, std::string_view(member.written).substr(1, member.written.size() - 3));
            }
        }
        if (member.value != nullptr) {
            m_example.*member.value = read;
        }
        return true;
    }

    bool features()
    {
        PlainFeatures& plain = m_example.plain;
        m_example.featuresPlain = true; // all below takes nothing else
        plain.values.assign(m_scanner.m_featureCount, nullValue());
        plain.begins.resize(m_scanner.m_featureCount);
        const std::vector<KnownFeature>& known = m_scanner.m_features;
        char separator = '{';
        for (std::size_t next = 0; next < known.size(); ++next) {
            next = behindRun(next, separator);
            if (separator == ',' && skip('}')) { // those that follow are not there
                return true;
            }
            if (next < known.size() && !otherFeature(next, separator)) {
                return false;
            }
        }
        return (separator == ',' || skip('{')) && skip('}');
    }

    /// Goes past the features from `first` on that stand there as they would be written, nearly always all
    /// of them, and tells which one does not.
    std::size_t behindRun(std::size_t first, char& separator)
    {
        const std::vector<KnownFeature>& known = m_scanner.m_features;
        PlainFeatures& plain = m_example.plain;
        std::size_t next = first;
        const char* end = m_at;
        for (; next < known.size(); ++next) {
            const char* const begin = behindKey(end, separator, known[next].written);
            const char* const behind
                = begin == nullptr ? nullptr : behindAsWritten(begin, known[next], plain.values[next]);
            if (behind == nullptr) {
                break;
            }
            separator = ',';
            plain.begins[next] = static_cast<std::uint32_t>(begin - m_begin);
            end = behind;
        }
        if (next > first) {
            const char* const begin = m_begin + plain.begins[first];
            plain.runs.push_back({first, next, {begin, static_cast<std::size_t>(end - begin)}});
        }
        m_at = end;
        return next;
    }

    /// One that is not there, or is written otherwise.
    bool otherFeature(std::size_t place, char& separator)
    {
        PlainFeatures& plain = m_example.plain;
        plain.values[place] = nullValue();
        const char* const begin = behindKey(m_at, separator, m_scanner.m_features[place].written);
        if (begin == nullptr) {
            return true;
        }
        separator = ',';
        m_at = begin;
        PlainFeatures::Other& other = plain.others.emplace_back();
        other.place = place;
        return value(other.value);
    }

    /// Where a feature's value begins, when its key comes next; else null.
    const char* behindKey(const char* at, char separator, std::string_view key) const
    {
        const bool comes
            = static_cast<std::size_t>(m_end - at) > key.size() && *at == separator && sameBytes(at + 1, key);
        return comes ? at + 1 + key.size() : nullptr;
    }

    /// Behind the value at `at`, when it stands there as it would be written; else null.
    const char* behindAsWritten(const char* at, const KnownFeature& feature, double& read) const
    {
        constexpr std::string_view Null = "null";
        const auto left = static_cast<std::size_t>(m_end - at);
        if (*at == 'n') {
            read = nullValue();
            return left >= Null.size() && sameBytes(at, Null) ? at + Null.size() : nullptr;
        }
        if (feature.isNumber) {
            const PlainNumber number = readPlainNumber(at, m_end);
            read = number.value;
            return number.form == NumberForm::Canonical ? at + number.length : nullptr;
        }
        for (std::size_t place = 0; place < feature.values.size(); ++place) {
            const std::string& member = feature.values[place];
            if (left >= member.size() && sameBytes(at, member)) {
                read = static_cast<double>(place);
                return at + member.size();
            }
        }
        return nullptr;
    }

    bool pressureKeys()
    {
        JsonValue& keys = m_example.pressureKeys;
        if (nothing(keys)) {
            return true;
        }
        keys.type = JsonType::Array;
        keys.text = rest();
        if (!skip('[')) {
            return false;
        }
        if (skip(']')) {
            return true;
        }
        do {
            JsonValue item;
            if (!value(item)) {
                return false;
            }
            ++m_example.pressureKeyCount;
            if (m_example.pressureKeyItems.size() <= MaxPressureKeys) {
                m_example.pressureKeyItems.push_back(item);
            }
        } while (skip(','));
        return skip(']');
    }

    /// A value that nobody wants: all of it is checked, and forgotten.
    bool anything(std::size_t depth)
    {
        if (m_at < m_end && (*m_at == '{' || *m_at == '[')) {
            return depth < DeepEnough && (*m_at == '{' ? anyObject(depth + 1) : anyArray(depth + 1));
        }
        JsonValue unwanted;
        return value(unwanted);
    }

    bool anyArray(std::size_t depth)
    {
        ++m_at;
        if (skip(']')) {
            return true;
        }
        do {
            if (!anything(depth)) {
                return false;
            }
        } while (skip(','));
        return skip(']');
    }

    bool anyObject(std::size_t depth)
    {
        ++m_at;
        if (skip('}')) {
            return true;
        }
        std::array<std::string_view, FewKeys> keys;
        std::size_t count = 0;
        do {
            JsonValue key;
            if (count == keys.size() || m_at >= m_end || *m_at != '"' || !string(key) || !skip(':')
                || !anything(depth)) {
                return false;
            }
            const auto end = keys.begin() + static_cast<std::ptrdiff_t>(count);
            if (std::find(keys.begin(), end, key.text) != end) {
                return false; // twice the same key
            }
            keys[count++] = key.text;
        } while (skip(','));
        return skip('}');
    }

    /// Anything but an object or an array.
    bool value(JsonValue& out)
    {
        switch (m_at < m_end ? *m_at : '\0') {
        case '"':
            return string(out);
        case 'n':
            return literal("null", JsonType::Null, out);
        case 't':
            return literal("true", JsonType::Boolean, out);
        case 'f':
            return literal("false", JsonType::Boolean, out);
        default:
            return number(out);
        }
    }

    bool string(JsonValue& out)
    {
        const char* at = m_at + 1;
        std::size_t alone = 8;
        while (alone == 8 && at < m_end) { // reads into the padding, at most
            alone = standingAlone(eightCharacters(at));
            at += alone;
        }
        if (at >= m_end || *at != '"') {
            return false;
        }
        out.type = JsonType::String;
        out.text = {m_at + 1, static_cast<std::size_t>(at - m_at - 1)};
        m_at = at + 1;
        return true;
    }

    bool number(JsonValue& out)
    {
        const PlainNumber read = readPlainNumber(m_at, m_end);
        out.type = JsonType::Number;
        out.text = {m_at, read.length};
        out.form = read.form;
        out.number = read.value;
        m_at += read.length;
        return read.length != 0;
    }

    bool literal(std::string_view word, JsonType type, JsonValue& out)
    {
        if (!skip(word)) {
            return false;
        }
        out.type = type;
        out.text = {m_at - word.size(), word.size()};
        return true;
    }

    bool nothing(JsonValue& out) { return literal("null", JsonType::Null, out); }

    void begin(JsonValue& object) const
    {
        object.type = JsonType::Object;
        object.text = rest();
    }

    [[nodiscard]] std::string_view rest() const { return {m_at, static_cast<std::size_t>(m_end - m_at)}; }

    bool skip(char c)
    {
        if (m_at >= m_end || *m_at != c) {
            return false;
        }
        ++m_at;
        return true;
    }

    bool skip(std::string_view text)
    {
        if (static_cast<std::size_t>(m_end - m_at) < text.size() || !sameBytes(m_at, text)) {
            return false;
        }
        m_at += text.size();
        return true;
    }

    const LineScanner& m_scanner;
    TrainingExample& m_example;
    const char* m_begin;
    const char* m_at;
    const char* m_end;
};

LineScanner::LineScanner(const Schema& schema, LineShape shape) : m_featureCount(schema.features().size())
{
    using Example = TrainingExample;
    const auto unused = [](std::string_view key) { return Member {written(key), Slot::Unused, nullptr}; };
    const auto value = [](std::string_view key, JsonValue Example::*slot) {
        return Member {written(key), Slot::Value, slot};
    };
    const auto object = [](std::string_view key, Slot slot) { return Member {written(key), slot, nullptr}; };
    if (shape == LineShape::Example) {
        m_root = {value("id", &Example::id), value("created_at", &Example::createdAt), unused("run_id"),
            value("source", &Example::source), value("industry_key", &Example::industryKey),
            value("feature_schema", &Example::featureSchema), unused("pipeline_version"),
            unused("generator_version")};
    } else {
        m_root = {value("example_id", &Example::id), value("created_at", &Example::createdAt),
            value("source", &Example::source), value("industry_key", &Example::industryKey),
            value("schema_version", &Example::featureSchema), unused("schema_hash"), unused("window_rule")};
    }
    m_root.push_back(object("features", Slot::Features));
    m_root.push_back(object("targets", Slot::Targets));
    m_root.push_back(object("labels", Slot::Labels));
    m_targets = {value("pressure_keys", &Example::pressureKeys),
        value("boundary_class", &Example::boundaryClass), unused("benchmark")};
    if (shape == LineShape::GuardedRow) {
        std::swap(m_targets[0], m_targets[1]);
    }
    m_labels = {value("reviewer_score", &Example::reviewerScore), unused("reviewer_notes"),
        value("client_feedback", &Example::clientFeedback), unused("client_feedback_reason"),
        value("mapping_was_wrong", &Example::mappingWasWrong),
        value("outcome_next_step_chosen", &Example::outcomeNextStepChosen)};
    for (const Feature& feature : schema.features()) {
        // A key that is written otherwise ends the list: what follows it is the general reader's.
        if (!isAsciiKey(feature.key)) {
            break;
        }
        KnownFeature& known = m_features.emplace_back();
        known.written = written(feature.key);
        known.isNumber = feature.kind != FeatureKind::Enum;
        for (const std::string& text : feature.values) {
            known.values.push_back('"' + text + '"');
        }
    }
}

bool LineScanner::scan(std::string_view line, TrainingExample& example) const
{
    return line.size() <= MaxLineLength && Walk(*this, line, example).run();
}

} // namespace workbench
