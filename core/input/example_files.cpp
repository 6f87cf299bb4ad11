// SPDX-License-Identifier: Apache-2.0
#include "core/input/example_files.h"
