// SPDX-License-Identifier: Apache-2.0
// What a Hub answers: a first byte that chooses the call, then status, headers and body as in HTTP/1.
// Whatever it is, the call ends, nobody but the Hub is given the token, and nothing that is shown of it holds
// the token.
#include "core/hub/hub_client.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/targets.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace workbench::fuzz {

namespace {

constexpr const char* Canary = "hf_CanaryOfTheFuzzer0123456789abcdef";
constexpr const char* Repo = "lab/signals";
constexpr const char* Head = "0123456789abcdef0123456789abcdef01234567";
constexpr int FirstAnswers = 6;

std::string_view takeLine(std::string_view& text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

HttpAnswer answerOf(std::string_view text)
{
    HttpAnswer answer;
    const std::string_view status = takeLine(text);
    answer.status = 200;
    std::from_chars(status.data(), status.data() + status.size(), answer.status);
    answer.status = std::clamp(answer.status, 100, 599);
    while (!text.empty()) {
        const std::string_view line = takeLine(text);
        const std::size_t colon = line.find(": ");
        if (line.empty() || colon == std::string_view::npos) {
            break;
        }
        answer.headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
    }
    answer.body = text;
    return answer;
}

/// Says the same again and again, and hangs up at last.
class OneAnswer final : public HttpTransport {
public:
    OneAnswer(HttpAnswer answer, const HubEndpoint& endpoint)
        : m_answer(std::move(answer))
        , m_endpoint(endpoint)
    {
    }

    HttpOutcome send(const HttpRequest& request, const std::stop_token& /*stop*/) override
    {
        promise(!request.authorize || m_endpoint.owns(request.url), "the token goes to somebody else");
        if (++m_asked > FirstAnswers) {
            return {std::nullopt, {HttpFault::Cancelled, "Cancelled."}};
        }
        return {m_answer, {}};
    }

private:
    HttpAnswer m_answer;
    const HubEndpoint& m_endpoint;
    int m_asked = 0;
};

/// Looks at all that a caller gets to see.
class Reader {
public:
    void operator()(const std::string& text) const
    {
        promise(text.find(Canary) == std::string::npos, "the token is in an answer");
    }
    void operator()(const HubUser& user) const
    {
        (*this)(user.name);
        (*this)(user.role);
        for (const auto& [name, role] : user.organizations) {
            (*this)(name);
            (*this)(role);
        }
    }
    void operator()(const RepoInfo& info) const
    {
        promise(info.id == Repo && info.head.size() == 40, "a repository that nobody asked about");
    }
    void operator()(const RemoteTree& tree) const
    {
        for (const auto& [path, file] : tree) {
            (*this)(path);
            (*this)(file.gitBlob);
            (*this)(file.sha256);
        }
    }
    void operator()(const std::map<std::string, UploadMode>& modes) const
    {
        promise(modes.contains("dataset.jsonl"), "a file whose way nobody knows");
    }
    void operator()(const std::vector<LfsUpload>& uploads) const
    {
        promise(uploads.size() == 2, "an upload too few");
        for (const LfsUpload& upload : uploads) {
            (*this)(upload.href);
            (*this)(upload.verifyHref);
            promise(upload.chunkBytes == 0 || !upload.parts.empty(), "parts of nothing");
            for (const HttpHeader& header : upload.headers) {
                (*this)(header.value);
                promise((header.name + header.value).find_first_of("\r\n") == std::string::npos,
                    "a header of two lines");
            }
        }
    }
    void operator()(const std::vector<CommitTitle>& commits) const
    {
        for (const CommitTitle& commit : commits) {
            (*this)(commit.id);
            (*this)(commit.title);
            (*this)(commit.message);
        }
    }
    void operator()(bool /*done*/) const {}

    template <class T> void result(const HubResult<T>& result) const
    {
        if (result) {
            (*this)(*result);
        } else {
            const std::string& message = result.error.message;
            (*this)(message);
            promise(!message.empty() && message.find_first_of("\r\n\x1b") == std::string::npos,
                "an error that is no sentence");
        }
    }
};

void ask(HubClient& client, unsigned which)
{
    const Reader read;
    const std::string sha256(64, 'a');
    switch (which % 10) {
    case 0:
        return read.result(client.whoami({}));
    case 1:
        return read.result(client.repoInfo(Repo, {}));
    case 2:
        return read.result(client.tree(Repo, "main", {}));
    case 3:
        return read.result(client.preupload(Repo, "main", {{"dataset.jsonl", "", {}, false}}, {}));
    case 4:
        return read.result(client.lfsBatch(Repo, "main", {{sha256, 25}, {std::string(64, 'b'), 0}}, {}));
    case 5: {
        CommitRequest request;
        request.summary = "A commit";
        request.parentCommit = Head;
        return read.result(client.commit(Repo, "main", request, {}, {}));
    }
    case 6:
        return read.result(client.commits(Repo, "main", {}));
    case 7:
        return read.result(client.fetch(Repo, "main", "dataset_info.json", 1U << 20, {}));
    case 8:
        return read.result(client.createRepo(Repo, true, "lena", {}));
    default:
        return read.result(client.completeMultipart("https://storage.example/x", sha256, {"1"}, {}));
    }
}

} // namespace

void hearHub(std::string_view input)
{
    if (input.empty()) {
        return;
    }
    static const HubEndpoint endpoint = *HubEndpoint::parse("https://huggingface.co");
    OneAnswer transport(answerOf(input.substr(1)), endpoint);
    HubClientOptions options;
    options.endpoint = endpoint;
    options.token = HubToken(Canary, "a test");
    options.transport = &transport;
    options.waiter = [](std::chrono::milliseconds howLong, const std::stop_token&) {
        promise(howLong <= std::chrono::seconds {301}, "a wait of more than five minutes");
        return true;
    };
    HubClient client(options);
    ask(client, static_cast<unsigned char>(input.front()));
}

} // namespace workbench::fuzz
