// SPDX-License-Identifier: Apache-2.0
#include "core/job/export_job.h"
