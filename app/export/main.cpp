// SPDX-License-Identifier: GPL-3.0-or-later
/// signals-export: the command line over the core.
#include "app/export/program.h"
#include "core/base/no_core_file.h"

int main(int argc, char* argv[])
{
    workbench::leaveNoCoreFile();
    return workbench::runProgram(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
