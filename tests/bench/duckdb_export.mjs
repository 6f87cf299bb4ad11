// SPDX-License-Identifier: Apache-2.0
// The same split files by DuckDB: every row of the JSON files whose source is known, its features next to each
// other, a file for each source and industry. No guard, no hashes, no dataset.jsonl.
// Usage: node duckdb_export.mjs MODULES THREADS OUT FILE…   (MODULES holds node_modules/@duckdb/node-api)
import { createRequire } from "node:module";
import { rmSync } from "node:fs";

const [modules, threads, out, ...files] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + "/")("@duckdb/node-api");
rmSync(out, { recursive: true, force: true });
const connection = await (await DuckDBInstance.create(":memory:", { threads })).connect();
const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
// Its COPY to JSON cannot partition; written as CSV of one column without quotes the lines are the same.
await connection.run(`
    COPY (
        SELECT to_json({example_id: id, created_at: created_at, source: source, industry_key: industry_key,
                schema_version: feature_schema, features: features,
                targets: {boundary_class: targets.boundary_class, pressure_keys: targets.pressure_keys},
                labels: labels}) AS line,
            source || '_' || industry_key AS split
        FROM read_json([${files.map(quoted).join(", ")}], format = 'newline_delimited', ignore_errors = true)
        WHERE source IN ('mock', 'real') AND industry_key IS NOT NULL
    ) TO ${quoted(out)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01', PARTITION_BY (split))`);
const version = (await connection.runAndReadAll("SELECT version()")).getRows()[0][0];
process.stdout.write(`DuckDB ${version}\n`);
