// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/arguments.h"

#include "core/base/version.h"
#include "ui/window/tab_names.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

namespace workbench {
namespace {

constexpr const char* Footer = R"(
With --screenshot the folder is read, the window is saved as a picture and the
program ends; neither settings nor recent folders are touched. Qt's own options,
-platform and -reverse among them, work as always.)";

/// "1280x720", each side 320 to 16384.
std::optional<std::pair<int, int>> parseSize(std::string_view text)
{
    const auto number = [](std::string_view digits) -> std::optional<int> {
        int value = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, fault] = std::from_chars(digits.data(), end, value);
        return fault == std::errc() && stop == end && value >= 320 && value <= 16384 ? std::optional(value)
                                                                                     : std::nullopt;
    };
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos) {
        return std::nullopt;
    }
    const auto width = number(text.substr(0, cross));
    const auto height = number(text.substr(cross + 1));
    return width && height ? std::optional(std::pair(*width, *height)) : std::nullopt;
}

/// Qt takes these out of the arguments itself, with one dash or two.
std::vector<std::string> withoutQtOptions(const std::vector<std::string>& arguments)
{
    constexpr std::array<std::string_view, 2> alone {"reverse", "widgetcount"};
    constexpr std::array<std::string_view, 12> withValue {"platform", "platformpluginpath", "platformtheme",
        "plugin", "qwindowgeometry", "qwindowicon", "qwindowtitle", "session", "display", "style",
        "stylesheet", "fontengine"};
    std::vector<std::string> rest;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string_view name = arguments[i];
        if (name.size() < 2 || name.front() != '-') {
            rest.push_back(arguments[i]);
            continue;
        }
        name.remove_prefix(name[1] == '-' ? 2 : 1);
        const std::string_view key = name.substr(0, name.find('='));
        if (std::find(alone.begin(), alone.end(), name) != alone.end()) {
            continue;
        }
        if (std::find(withValue.begin(), withValue.end(), key) != withValue.end()) {
            i += key == name ? 1 : 0; // the value stands apart
            continue;
        }
        rest.push_back(arguments[i]);
    }
    return rest;
}

Error usage(const std::string& message) { return {ErrorCode::Usage, message, {}}; }

} // namespace

ParsedArguments parseArguments(const std::vector<std::string>& arguments)
{
    Arguments result;
    std::string size;
    std::map<std::string, Tab> tabs;
    for (std::size_t i = 0; i < TabCount; ++i) {
        tabs.emplace(TabOptions[i], static_cast<Tab>(i));
    }
    const std::map<std::string, Appearance> appearances
        = {{"system", Appearance::System}, {"light", Appearance::Light}, {"dark", Appearance::Dark}};

    CLI::App app(
        "Looks at captured training examples and exports the rows that are safe.", "signals-workbench");
    app.footer(Footer);
    app.set_version_flag("--version", std::string("signals-workbench ") + Version);
    app.add_option("--data-dir", result.dataDir,
           "Folder of *.jsonl[.gz|.zst] files, or a learning.db; data/learning/train if it exists")
        ->type_name("DIR");
    app.add_option(
           "--labels-dir", result.labelsDir, "Folder of label files, {id}.json; DATA_DIR/labels if it exists")
        ->type_name("DIR");
    app.add_option("--env-file", result.envFile, "File of settings; .env if it exists")->type_name("FILE");
    app.add_option("--schema", result.schema, "Schema file or shipped name; signals_v1 if not given")
        ->type_name("FILE");
    app.add_option("--tab", result.tab, "preview, rejections, schema, insights or jobs")
        ->transform(CLI::CheckedTransformer(tabs).description(""))
        ->type_name("TAB");
    app.add_option("--appearance", result.appearance, "system, light or dark")
        ->transform(CLI::CheckedTransformer(appearances).description(""))
        ->type_name("NAME");
    app.add_option("--screenshot", result.screenshot, "Save a picture of the window and quit")
        ->type_name("FILE.png");
    app.add_option("--size", size, "The picture's size, 1440x900 if not given")->type_name("WxH");
    app.add_option("folder", result.dataDir, "The same as --data-dir")->type_name("FOLDER");

    std::vector<std::string> rest = withoutQtOptions(arguments);
    for (const std::string& argument : rest) {
        if (argument.rfind("--", 0) == 0 && argument.back() == '=') {
            return usage(argument.substr(0, argument.size() - 1) + " wants a value");
        }
    }
    std::reverse(rest.begin(), rest.end()); // as the library wants them
    try {
        app.parse(rest);
    } catch (const CLI::CallForHelp&) {
        return Information {app.help()};
    } catch (const CLI::CallForVersion& version) {
        return Information {std::string(version.what()) + "\n"};
    } catch (const CLI::ParseError& error) {
        return usage(error.what());
    }
    if (!size.empty()) {
        const auto sides = parseSize(size);
        if (!sides) {
            return usage("--size: '" + size + "' is not allowed; allowed: WIDTHxHEIGHT, each 320 to 16384");
        }
        result.width = sides->first;
        result.height = sides->second;
    }
    return result;
}

} // namespace workbench
