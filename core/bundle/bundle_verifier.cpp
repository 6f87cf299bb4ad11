// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/bundle_verifier.h"
