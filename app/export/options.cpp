// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/export/options.h"

#include "core/base/quoted.h"
#include "core/base/version.h"

#include <CLI/CLI.hpp>

#include <set>
#include <string>

namespace workbench {

namespace {

constexpr const char* Footer = R"(
Without a command name, run is meant: signals-export --source=mock

Each setting is taken from its option, else the environment, else the env file,
else the default. Keys: HF_DATASET_REPO, HF_DATASET_PRIVATE, HF_EXPORT_ENABLED,
HF_EXPORT_MAX_ROWS (50000), HF_EXPORT_SPLIT_STRATEGY (by_source_industry),
HF_EXPORT_OUT_DIR (runs/hf_export). SOURCE_DATE_EPOCH fixes a bundle's time.
Publishing needs HF_EXPORT_ENABLED=true and a token: HF_TOKEN, or the file that
`hf auth login` writes. HF_ENDPOINT, HF_HUB_OFFLINE, HF_HUB_DISABLE_IMPLICIT_TOKEN
and SSL_CERT_FILE mean what they usually do.

Exit codes: 0 done; 1 a file or disk did not do what was asked; 2 wrong usage or
configuration; 3 rows were rejected; 4 no valid rows; 5 the push failed or was
refused; 6 another schema is published; 130 cancelled.)";

class Parser {
public:
    Parser() : m_app("Exports privacy-safe rows from captured training examples.", "signals-export")
    {
        m_app.footer(Footer);
        m_app.get_formatter()->label("SUBCOMMAND", "COMMAND");
        m_app.require_subcommand(0, 1);
        addGlobals(m_app);
        addLabels(m_app);
        addScan(m_app);
        addBundle(m_app);
        addPublishing(m_app);
        addFlag(m_app, "--push", m_line.push, "Publish the bundle too");

        CLI::App* run = add(m_app, "run", "Filter, guard and write a bundle", Command::Run);
        addLabels(*run);
        addScan(*run);
        addBundle(*run);
        addPublishing(*run);
        addFlag(*run, "--push", m_line.push, "Publish the bundle too");
        CLI::App* check = add(m_app, "check", "The same scan and report, nothing written", Command::Check);
        addLabels(*check);
        addScan(*check);
        addBundle(*check);
        CLI::App* guard = add(m_app, "guard",
            "Examples on stdin, guarded rows on stdout, rejections as JSON lines on stderr", Command::Guard);
        addLabels(*guard, "Folder of label files, {id}.json (none)");
        addScan(*guard);
        addText(*guard, "--summary", m_line.summary, "Write this shard's counts there once it has ended well",
            "FILE");
        CLI::App* assemble = add(m_app, "assemble", "Make one bundle of guarded shards", Command::Assemble);
        addText(*assemble, "--shards", m_line.shards,
            "Folder of NAME.rows.jsonl, NAME.rejections.jsonl and NAME.summary.json", "DIR");
        addText(*assemble, "--expect", m_line.expected, "How many shards there have to be", "N");
        addText(*assemble, "--max-rows", m_line.maxRows, "Refuse shards of more matched rows", "N");
        addThreads(*assemble);
        addBundle(*assemble);
        addPush();
        CLI::App* verify = add(m_app, "verify", "Hash, guard and count a bundle anew", Command::Verify);
        addArgument(*verify, "BUNDLE_DIR", "The bundle's folder");
        addThreads(*verify);
        addSchemaCommands();
        CLI::App* status = add(m_app, "status", "One job's record", Command::Status);
        addArgument(*status, "JOB_ID", "The job's id");
        addOutDir(*status);
        addOutDir(*add(m_app, "jobs", "All jobs, newest first", Command::Jobs));
        addServe();
    }

    ParsedCommandLine parse(const std::vector<std::string>& arguments)
    {
        // The library would take the next argument for the value of "--source=".
        for (const std::string& argument : arguments) {
            if (argument == "--") {
                break;
            }
            if (argument.starts_with("--") && argument.ends_with('=')
                && argument.find('=') == argument.size() - 1) {
                const std::string option = argument.substr(0, argument.size() - 1);
                return refusal(option, option + ": \"\" is not allowed; a value has to follow");
            }
        }
        try {
            m_app.parse(
                std::vector<std::string>(arguments.rbegin(), arguments.rend())); // it wants them reversed
        } catch (const CLI::CallForVersion&) {
            return Information {std::string("signals-export ") + Version + "\n"};
        } catch (const CLI::CallForHelp&) {
            return Information {m_app.help()}; // of the command that was named, however deep
        } catch (const CLI::ArgumentMismatch& error) {
            const std::string what = error.what();
            std::string option = what.substr(0, what.find_first_of(": "));
            option.insert(
                0, option.starts_with('-') ? "" : "--"); // of a flag with a value it says the name alone
            const bool isFlag = m_flags.contains(option);
            return refusal(option,
                option
                    + (isFlag ? ": it takes no value and is given once"
                              : ": it takes one value, given once"));
        } catch (const CLI::ParseError& error) {
            return refusal({}, withoutTokenShapes(error.what())); // it quotes what it did not expect
        }
        if (auto fault = faultOfLine()) {
            return *fault;
        }
        return m_line;
    }

private:
    static Error refusal(const std::string& where, const std::string& why)
    {
        return {ErrorCode::Usage, why, where};
    }

    CLI::App* add(CLI::App& parent, const char* name, const char* what, Command command)
    {
        CLI::App* app = parent.add_subcommand(name, what);
        app->footer("")->group("Commands");
        addGlobals(*app);
        app->final_callback([this, command] { m_line.command = command; });
        return app;
    }

    static void addText(CLI::App& app, const char* name, std::optional<std::string>& target, const char* what,
        const char* type)
    {
        app.add_option_function<std::string>(
               name, [&target](const std::string& text) { target = text; }, what)
            ->type_name(type);
    }

    void addFlag(CLI::App& app, const char* name, bool& target, const char* what)
    {
        m_flags.insert(name);
        app.add_flag_callback(
               name, [&target] { target = true; }, what)
            ->disable_flag_override()
            ->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }

    void addArgument(CLI::App& app, const char* name, const char* what, bool required = true)
    {
        CLI::Option* option = app.add_option_function<std::string>(
            name, [this](const std::string& text) { m_line.arguments.push_back(text); }, what);
        option->type_name("");
        option->required(required);
    }

    void addGlobals(CLI::App& app)
    {
        app.allow_extras(); // faultOfLine() says what is wrong with them, and better
        app.set_version_flag("--version", Version, "Print the version and exit");
        app.set_help_flag("-h,--help", "Print this help and exit");
        app.add_option_function<std::string>(
               "--data-dir", [this](const std::string& text) { m_line.dataDir = text; },
               "Folder of *.jsonl[.gz|.zst] files, or a learning.db (data/learning/train)")
            ->type_name("DIR");
        addText(app, "--env-file", m_line.envFile, "Settings in dotenv form (.env, if it is there)", "FILE");
        addText(app, "--schema", m_line.schema, "Schema file or shipped name (signals_v1)", "FILE");
        addFlag(app, "--json", m_line.json, "Print one JSON document on stdout, nothing else there");
        addFlag(app, "--quiet", m_line.quiet, "No messages but errors, no progress");
    }

    void addLabels(CLI::App& app, const char* what = "Folder of label files, {id}.json (DATA_DIR/labels)")
    {
        addText(app, "--labels-dir", m_line.labelsDir, what, "DIR");
    }

    void addScan(CLI::App& app)
    {
        addText(app, "--source", m_line.source, "Only this source", "mock|real");
        addText(app, "--industry", m_line.industry, "Only this industry", "KEY");
        addText(app, "--since", m_line.since, "Only created at or after", "DATE");
        addText(app, "--until", m_line.until, "Only created before", "DATE");
        addFlag(app, "--labelled", m_line.labelled, "Only with at least one label");
        addText(app, "--max-rows", m_line.maxRows, "The first N that pass the filters", "N");
        addThreads(app);
    }

    void addThreads(CLI::App& app)
    {
        addText(app, "--threads", m_line.threads, "Threads to work with (all cores)", "N");
    }

    void addOutDir(CLI::App& app)
    {
        addText(app, "--out-dir", m_line.outDir, "Folder of bundles (runs/hf_export)", "DIR");
    }

    void addBundle(CLI::App& app)
    {
        addOutDir(app);
        addText(app, "--split", m_line.split, "How rows are split into files",
            "none|by_source|by_industry|by_source_industry");
        addText(app, "--repo", m_line.repo, "The dataset repository (HF_DATASET_REPO)", "OWNER/NAME");
        addText(app, "--job-id", m_line.jobId, "Name of the job and its bundle (a new UUID)", "ID");
        addText(app, "--on-rejection", m_line.onRejection, "What to do about rejected rows (abort)",
            "abort|skip");
        addFlag(app, "--overwrite", m_line.overwrite, "Replace a bundle of the same job id");
    }

    /// What `push` and `run --push` have in common.
    void addPublishing(CLI::App& app)
    {
        addText(app, "--commit-message", m_line.commitMessage, "Title of the commit", "TEXT");
        addFlag(app, "--allow-schema-change", m_line.allowSchemaChange,
            "Publish although the published schema is another one");
    }

    void addPush()
    {
        CLI::App* push = add(m_app, "push", "Publish a bundle that exists, in one commit", Command::Push);
        addText(*push, "--bundle-dir", m_line.bundleDir, "The bundle's folder", "DIR");
        addText(*push, "--repo", m_line.repo, "The dataset repository (HF_DATASET_REPO)", "OWNER/NAME");
        addPublishing(*push);
        addFlag(*push, "--private", m_line.isPrivate, "Only into a private repository (HF_DATASET_PRIVATE)");
        addFlag(*push, "--public", m_line.isPublic, "Into a public one too; a new one will be public");
        addFlag(*push, "--dry-run", m_line.dryRun, "Tell what would be added, replaced and deleted");
        addThreads(*push);
    }

    void addServe()
    {
        CLI::App* serve
            = add(m_app, "serve", "The internal HTTP API, until it is told to stop", Command::Serve);
        addLabels(*serve);
        addText(*serve, "--host", m_line.host, "Address to listen on (127.0.0.1)", "ADDRESS");
        addText(*serve, "--port", m_line.port, "Port to listen on (3000); 0: any that is free", "N");
        addOutDir(*serve);
        addText(*serve, "--repo", m_line.repo, "The dataset repository (HF_DATASET_REPO)", "OWNER/NAME");
        addThreads(*serve);
        serve->footer(R"(
With INTERNAL_TESTING_TOKEN set, requests have to carry it as x-2ndmynd-internal;
without it, only loopback addresses are allowed. SIGTERM gives the running job five
seconds, then cancels it; jobs that wait run after the next start.)");
    }

    void addSchemaCommands()
    {
        CLI::App* schema = m_app.add_subcommand("schema", "Show, hash or compare schemas");
        schema->footer("")->group("Commands");
        addGlobals(*schema);
        schema->require_subcommand(0, 1);
        CLI::App* show
            = add(*schema, "show", "The features with kinds and ranges, and all hashes", Command::SchemaShow);
        addArgument(
            *show, "FILE", "Schema file, bundle, dataset_info.json or shipped name (signals_v1)", false);
        CLI::App* hash = add(*schema, "hash", "The schema hash alone", Command::SchemaHash);
        addArgument(
            *hash, "FILE", "Schema file, bundle, dataset_info.json or shipped name (signals_v1)", false);
        CLI::App* diff = add(*schema, "diff", "What changed from A to B", Command::SchemaDiff);
        addArgument(
            *diff, "A", "Schema file, bundle, dataset_info.json, shipped name or hub:OWNER/NAME[@REVISION]");
        addArgument(*diff, "B", "The same");
    }

    std::optional<Error> faultOfLine() const
    {
        const CLI::App* app = &m_app;
        while (app != nullptr) {
            if (auto fault = faultOfExtras(*app)) {
                return fault;
            }
            const auto chosen = app->get_subcommands();
            if (chosen.empty()) {
                break;
            }
            if (auto fault = faultOfInherited(*app, *chosen.front())) {
                return fault;
            }
            app = chosen.front();
        }
        if (app->get_name() == "push" && !m_line.bundleDir) {
            return refusal("--bundle-dir", "--bundle-dir: it is missing; push needs the folder of a bundle");
        }
        if (app->get_name() == "assemble" && !m_line.shards) {
            return refusal("--shards", "--shards: it is missing; assemble needs the folder of the shards");
        }
        if (m_line.labelsDir && m_line.labelsDir->empty()) {
            return refusal(
                "--labels-dir", "--labels-dir: \"\" is not allowed; allowed: the path of a folder");
        }
        if (m_line.isPrivate && m_line.isPublic) {
            return refusal("--public", "--public: not together with --private");
        }
        if (app->get_name() == "schema") {
            return refusal("schema", "schema: a command is missing; allowed: show, hash, diff");
        }
        return std::nullopt;
    }

    std::optional<Error> faultOfExtras(const CLI::App& app) const
    {
        for (const std::string& extra : app.remaining(false)) {
            if (extra == "--") {
                continue;
            }
            if (extra.starts_with('-') && extra != "-") {
                const std::string option = extra.substr(0, extra.find('='));
                return refusal(option, "unknown option " + inQuotes(option));
            }
            if (&app == &m_app) {
                return refusal(extra,
                    "unknown command " + inQuotes(extra)
                        + "; allowed: run, check, guard, assemble, push, verify, schema, status, jobs, "
                          "serve");
            }
            if (app.get_name() == "schema") {
                return refusal(
                    extra, "unknown command " + inQuotes("schema " + extra) + "; allowed: show, hash, diff");
            }
            return refusal(extra, "unexpected argument " + inQuotes(extra));
        }
        return std::nullopt;
    }

    /// Options may stand before the command's name, but only those that the command has.
    static std::optional<Error> faultOfInherited(const CLI::App& app, const CLI::App& chosen)
    {
        for (const CLI::Option* option : app.get_options()) {
            if (option->count() == 0) {
                continue;
            }
            const std::string name = option->get_name();
            const CLI::Option* twin = chosen.get_option_no_throw(name);
            if (twin == nullptr) {
                return refusal(name, name + " is not an option of " + chosen.get_name());
            }
            if (twin->count() > 0 && twin->get_items_expected_max() > 0) {
                return refusal(name, name + ": it takes one value, given once");
            }
        }
        return std::nullopt;
    }

    CommandLine m_line;
    std::set<std::string> m_flags; ///< options that take no value
    CLI::App m_app;
};

} // namespace

ParsedCommandLine parseCommandLine(const std::vector<std::string>& arguments)
{
    return Parser().parse(arguments);
}

} // namespace workbench
