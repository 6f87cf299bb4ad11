// SPDX-License-Identifier: Apache-2.0
// Counts rows with DuckDB.
// Usage: node count_rows.mjs FOLDER MODULES_DIR CONFIGS   with CONFIGS = {"name": ["path", …], …}
// Prints one JSON line: {"name": {"rows": …, "distinct": …, "columns": …}, …}.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, modules, configs] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { DuckDBInstance } = await import(pathToFileURL(require.resolve("@duckdb/node-api")).href);
const connection = await (await DuckDBInstance.create(":memory:")).connect();
const ask = async (sql) => (await (await connection.runAndReadAll(sql)).getRows())[0].map(Number);

const seen = {};
for (const [name, paths] of Object.entries(JSON.parse(configs))) {
  const files = paths.map((path) => `'${join(folder, path)}'`);
  const source = `read_json_auto([${files}], format = 'newline_delimited')`;
  const [rows, distinct] = await ask(`select count(*), count(distinct example_id) from ${source}`);
  const [columns] = await ask(`select count(*) from (describe select * from ${source})`);
  seen[name] = { rows, distinct, columns };
}
console.log(JSON.stringify(seen));
