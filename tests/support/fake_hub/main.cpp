// SPDX-License-Identifier: Apache-2.0
/// fake-hub: the fake Hub as a program, so that any client can be pointed at it with HF_ENDPOINT.
#include "tests/support/fake_hub/fake_hub.h"

#include <nlohmann/json.hpp>

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace workbench::fakehub;

constexpr std::string_view Help = R"(Usage: fake-hub [--options JSON] [--fail JSON]... [--keep-running]
Serves a Hugging Face Hub for tests on the loopback address. Prints one JSON line with its addresses and
tokens, and serves until SIGTERM, SIGINT or the end of its standard input.
  --options JSON   {"lfs_above": 5000000, "chunk_size": 6000000, ...}, see hub_options.h
  --fail JSON      {"kind": "status", "method": "POST", "path": "/api/*/commit/*", "status": 500}, see fault.h
  --keep-running   the end of the standard input does not end it
POST /__control takes {"command": "fail"|"log"|"snapshot"|...}, see control.cpp.
)";

/// Until a signal comes or, unless told otherwise, the standard input ends.
void waitForTheEnd(int signals, bool keepRunning)
{
    while (true) {
        std::array<pollfd, 2> waiting {{{.fd = signals, .events = POLLIN, .revents = 0},
            {.fd = keepRunning ? -1 : STDIN_FILENO, .events = POLLIN, .revents = 0}}};
        if (poll(waiting.data(), waiting.size(), -1) < 0) {
            return;
        }
        std::array<char, 512> dropped {};
        if (waiting[0].revents != 0) {
            return;
        }
        if (waiting[1].revents != 0 && read(STDIN_FILENO, dropped.data(), dropped.size()) <= 0) {
            return;
        }
    }
}

int serve(const std::vector<std::string>& arguments)
{
    HubOptions options;
    std::vector<Fault> faults;
    bool keepRunning = false;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--help") {
            std::cout << Help;
            return 0;
        }
        if (argument == "--keep-running") {
            keepRunning = true;
        } else if (argument == "--options" && i + 1 < arguments.size()) {
            applyOptions(options, nlohmann::json::parse(arguments[++i]));
        } else if (argument == "--fail" && i + 1 < arguments.size()) {
            faults.push_back(faultFromJson(nlohmann::json::parse(arguments[++i])));
        } else {
            std::cerr << "fake-hub: unknown or incomplete option " << argument << "\n" << Help;
            return 2;
        }
    }
    // Before any thread starts, so that all of them inherit it and the signals come here alone.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    const int signals = signalfd(-1, &ends, SFD_CLOEXEC);
    FakeHub hub;
    hub.setOptions(options);
    for (const Fault& fault : faults) {
        hub.fail(fault);
    }
    std::cout << nlohmann::json {{"endpoint", hub.url()}, {"storage", hub.storageUrl()},
        {"control", hub.url() + "/__control"}, {"user", "lena"}, {"organization", "lab"},
        {"token", FakeHub::WriteToken}, {"read_token", FakeHub::ReadToken},
        {"fine_grained_token", FakeHub::FineGrainedToken}, {"stranger_token", FakeHub::ReaderToken},
        {"revoked_token", FakeHub::RevokedToken}}
                     .dump()
              << std::endl;
    waitForTheEnd(signals, keepRunning);
    hub.stop();
    close(signals);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return serve(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& wrong) {
        std::cerr << "fake-hub: " << wrong.what() << "\n";
        return 2;
    }
}
