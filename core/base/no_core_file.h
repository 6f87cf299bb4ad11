// SPDX-License-Identifier: Apache-2.0
/// A crash of ours leaves no copy of what was in memory.
#pragma once

namespace workbench {

/// No core file of this process: it would hold the Hub's token and rows as they were read. For files the
/// limit is set to nothing; a program that gets cores through a pipe is handed them whatever the limit is, so
/// nothing of our memory is put into one either (core(5)). A debugger can still be attached. Programs that
/// this one starts inherit both.
void leaveNoCoreFile();

} // namespace workbench
