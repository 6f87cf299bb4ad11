// SPDX-License-Identifier: Apache-2.0
// node same_in_javascript.mjs FILE: how many of its lines a JavaScript engine reads and writes again byte for byte,
// and the number of the first that it does not (0: there is none).
import { readFileSync } from "node:fs";

const lines = readFileSync(process.argv[2], "utf8").split("\n").slice(0, -1);
const same = lines.map((line) => JSON.stringify(JSON.parse(line)) === line);
console.log(`${same.filter(Boolean).length} ${same.indexOf(false) + 1}`);
