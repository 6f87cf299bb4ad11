// SPDX-License-Identifier: Apache-2.0
#include "core/input/training_example.h"
