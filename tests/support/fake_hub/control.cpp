// SPDX-License-Identifier: Apache-2.0
/// The control endpoint: FakeHub's methods as JSON, so that tests in other languages can drive it.
#include "tests/support/fake_hub/service.h"

#include <functional>
#include <map>
#include <stdexcept>

namespace workbench::fakehub {

namespace {

using nlohmann::json;
using Command = std::function<json(FakeHub&, const json&)>;

json toJson(const LoggedRequest& request)
{
    return {{"port", request.port == Port::Hub ? "hub" : "storage"}, {"method", request.method},
        {"path", request.path}, {"target", request.target}, {"status", request.status},
        {"body_bytes", request.bodyBytes}, {"had_token", request.hadToken}, {"leaked", request.leaked},
        {"fault", request.fault}, {"user_agent", request.userAgent}};
}

json toJson(const Snapshot& snapshot)
{
    json files = json::object();
    for (const auto& [path, file] : snapshot.files) {
        files[path] = {{"sha256", file.sha256}, {"size", file.size}, {"lfs", file.lfs}};
    }
    return {{"exists", snapshot.exists}, {"private", snapshot.isPrivate}, {"head", snapshot.head},
        {"files", files}};
}

std::string repo(const json& arguments) { return arguments.at("repo").get<std::string>(); }

json log(FakeHub& hub, const json& /*arguments*/)
{
    json requests = json::array();
    for (const LoggedRequest& request : hub.requests()) {
        requests.push_back(toJson(request));
    }
    return {{"requests", requests}, {"leaks", hub.leaks()}, {"uploaded_bytes", hub.uploadedBytes()}};
}

json commits(FakeHub& hub, const json& arguments)
{
    json list = json::array();
    for (const CommitInfo& commit : hub.commits(repo(arguments), arguments.value("revision", "main"))) {
        list.push_back({{"id", commit.id}, {"title", commit.title}, {"message", commit.message}});
    }
    return list;
}

json addUser(FakeHub& hub, const json& arguments)
{
    hub.add(User {.name = arguments.at("name").get<std::string>(),
        .organizations = arguments.value("organizations", std::map<std::string, std::string>())});
    return json::object();
}

json addOrganization(FakeHub& hub, const json& arguments)
{
    hub.add(Organization {.name = arguments.at("name").get<std::string>(),
        .privateByDefault = arguments.value("private_by_default", false),
        .forbidsPublic = arguments.value("forbids_public", false)});
    return json::object();
}

json addToken(FakeHub& hub, const json& arguments)
{
    hub.add(Token {.value = arguments.at("value").get<std::string>(),
        .user = arguments.at("user").get<std::string>(),
        .role = arguments.value("role", "write"),
        .writes = arguments.value("writes", std::set<std::string>()),
        .reads = arguments.value("reads", std::set<std::string>()),
        .revoked = arguments.value("revoked", false)});
    return json::object();
}

json setRepository(FakeHub& hub, const json& arguments)
{
    if (arguments.contains("private")) {
        hub.setPrivate(repo(arguments), arguments["private"].get<bool>());
    }
    if (arguments.contains("gated")) {
        hub.setGated(repo(arguments), arguments["gated"].get<std::string>());
    }
    if (arguments.contains("disabled")) {
        hub.setDisabled(repo(arguments), arguments["disabled"].get<bool>());
    }
    return json::object();
}

json commitFiles(FakeHub& hub, const json& arguments)
{
    const std::string id
        = hub.commitFiles(repo(arguments), arguments.value("files", std::map<std::string, std::string>()),
            arguments.value("title", "Somebody else was here"),
            arguments.value("deleted", std::vector<std::string>()), arguments.value("lfs", false));
    return {{"commit", id}};
}

/// A command that answers nothing.
template <class Act> Command doing(Act act)
{
    return [act](FakeHub& hub, const json& arguments) {
        act(hub, arguments);
        return json::object();
    };
}

const std::map<std::string, Command>& commands()
{
    static const std::map<std::string, Command> all {
        {"fail", doing([](FakeHub& hub, const json& a) { hub.fail(faultFromJson(a.at("fault"))); })},
        {"clear_faults", doing([](FakeHub& hub, const json&) { hub.clearFaults(); })},
        {"options", doing([](FakeHub& hub, const json& a) {
             HubOptions options = hub.options();
             applyOptions(options, a.at("options"));
             hub.setOptions(options);
         })},
        {"log", log},
        {"clear_log", doing([](FakeHub& hub, const json&) { hub.clearRequests(); })},
        {"snapshot",
            [](FakeHub& hub, const json& a) {
                return toJson(hub.snapshot(repo(a), a.value("revision", "main")));
            }},
        {"commits", commits},
        {"add_user", addUser},
        {"add_organization", addOrganization},
        {"add_token", addToken},
        {"create_repository", doing([](FakeHub& hub, const json& a) {
             hub.createRepository(repo(a), a.value("private", true));
         })},
        {"delete_repository", doing([](FakeHub& hub, const json& a) { hub.deleteRepository(repo(a)); })},
        {"set_repository", setRepository},
        {"rename",
            doing([](FakeHub& hub, const json& a) { hub.rename(repo(a), a.at("to").get<std::string>()); })},
        {"commit_files", commitFiles},
        {"refuse_object", doing([](FakeHub& hub, const json& a) {
             hub.refuseObject(
                 a.at("oid").get<std::string>(), a.value("code", 422), a.value("message", "reason"));
         })},
        {"expire_uploads", doing([](FakeHub& hub, const json&) { hub.expireUploads(); })},
    };
    return all;
}

} // namespace

Response control(FakeHub& hub, const Request& request)
{
    const auto body = jsonBody(request);
    if (request.method != "POST" || !body) {
        return badRequest("POST a JSON object with a \"command\"");
    }
    try {
        const auto command = commands().find(body->at("command").get<std::string>());
        if (command == commands().end()) {
            return badRequest("no such command");
        }
        return jsonAnswer(command->second(hub, *body));
    } catch (const std::exception& wrong) { // also what the JSON library throws at a missing member
        return badRequest(wrong.what());
    }
}

} // namespace workbench::fakehub
