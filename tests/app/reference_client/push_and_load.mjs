// SPDX-License-Identifier: Apache-2.0
// Pushes a small bundle with the Hub's own JavaScript client, reads it back, and counts its rows with DuckDB.
// Usage: node push_and_load.mjs ENDPOINT TOKEN REPO BUNDLE_DIR DOWNLOAD_DIR MODULES_DIR
// Prints one JSON line: what it saw. Nobody here wrote the client: what it accepts, the protocol accepts.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [endpoint, accessToken, name, bundle, downloads, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const hub = await import(pathToFileURL(require.resolve("@huggingface/hub")).href);
const { DuckDBInstance } = await import(pathToFileURL(require.resolve("@duckdb/node-api")).href);

const repo = { type: "dataset", name };
const hubUrl = endpoint;
const common = { repo, accessToken, hubUrl };

const entries = await readdir(bundle, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.path, entry.name).slice(bundle.length + 1))
  .sort();

const me = await hub.whoAmI({ accessToken, hubUrl });
const created = await hub.createRepo({ ...common, visibility: "private" });
const commit = await hub.commit({
  ...common,
  title: "Export with the reference client",
  description: "Bundle-Digest: sha256:0000",
  operations: await Promise.all(
    paths.map(async (path) => ({
      operation: "addOrUpdate",
      path,
      content: new Blob([await readFile(join(bundle, path))]),
    })),
  ),
});

const revision = commit.commit.oid;
const listed = {};
for await (const file of hub.listFiles({ ...common, revision, recursive: true })) {
  if (file.type === "file") {
    listed[file.path] = { size: file.size, lfs: file.lfs?.oid ?? null, oid: file.oid };
  }
}
const infos = await hub.pathsInfo({ ...common, revision, paths: [...paths, "not/there.jsonl"] });

const downloaded = {};
for (const path of paths) {
  const blob = await hub.downloadFile({ ...common, revision, path });
  const bytes = Buffer.from(await blob.arrayBuffer());
  await mkdir(dirname(join(downloads, path)), { recursive: true });
  await writeFile(join(downloads, path), bytes);
  downloaded[path] = { size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
const missing = await hub.downloadFile({ ...common, revision, path: "not/there.jsonl" });

await hub.deleteFiles({ ...common, paths: ["splits/stale.jsonl"], commitTitle: "Delete what is stale" });
const left = [];
for await (const file of hub.listFiles({ ...common, recursive: true })) {
  if (file.type === "file") {
    left.push(file.path);
  }
}

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const count = async (files) => {
  const sql = `select count(*), count(distinct example_id) from read_json_auto([${files.map((file) => `'${join(downloads, file)}'`)}], format = 'newline_delimited')`;
  return (await (await connection.runAndReadAll(sql)).getRows())[0].map(Number);
};
const [rows, distinct] = await count(["dataset.jsonl"]);
const [splitRows, splitDistinct] = await count(
  paths.filter((path) => path.startsWith("splits/") && path !== "splits/stale.jsonl"),
);

console.log(
  JSON.stringify({
    user: me.name,
    role: me.auth.accessToken.role,
    repoUrl: created.repoUrl,
    revision,
    listed,
    infos: infos.length,
    downloaded,
    missing,
    left,
    rows,
    distinct,
    splitRows,
    splitDistinct,
  }),
);
