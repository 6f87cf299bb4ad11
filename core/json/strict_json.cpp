// SPDX-License-Identifier: Apache-2.0
#include "core/json/strict_json.h"

#include "core/guard/text_problem.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace workbench {

namespace {

constexpr int MaxDepth = 64;

std::string lineOf(std::string_view text, std::size_t byte)
{
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    return std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
}

/// Watches the parser go by: it would let the last of two equal keys win in silence.
class Watch {
public:
    bool see(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed)
    {
        using Event = nlohmann::json::parse_event_t;
        if (depth > MaxDepth) {
            m_tooDeep = true;
        }
        if (event == Event::object_start) {
            m_keys.emplace_back();
        } else if (event == Event::object_end) {
            m_keys.pop_back();
        } else if (event == Event::key) {
            const auto& key = parsed.get_ref<const std::string&>();
            if (!m_keys.back().insert(key).second && !m_twice) {
                m_twice = key;
            }
        }
        return true;
    }

    [[nodiscard]] bool tooDeep() const { return m_tooDeep; }
    [[nodiscard]] const std::optional<std::string>& twice() const { return m_twice; }

private:
    std::vector<std::set<std::string>> m_keys; ///< of the objects that are open
    std::optional<std::string> m_twice;
    bool m_tooDeep = false;
};

} // namespace

Result<nlohmann::json> parseStrictJson(std::string_view text, std::string_view where)
{
    const auto refuse = [where](const std::string& why) {
        return Error {ErrorCode::Usage, std::string(where) + ": " + why, std::string(where)};
    };
    Watch watch;
    nlohmann::json document;
    try {
        document = nlohmann::json::parse(text.begin(), text.end(),
            [&watch](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
                return watch.see(depth, event, parsed);
            });
    } catch (const nlohmann::json::parse_error& error) {
        // The library's own sentence quotes the text; ours says where to look.
        return refuse("it is not JSON (line " + lineOf(text, error.byte) + ")");
    } catch (const nlohmann::json::exception&) {
        return refuse("it holds a number that is too large");
    }
    if (watch.tooDeep()) {
        return refuse("it nests deeper than " + std::to_string(MaxDepth));
    }
    if (watch.twice()) {
        return refuse("the key " + shownText(*watch.twice()) + " stands twice in one object");
    }
    return document;
}

} // namespace workbench
