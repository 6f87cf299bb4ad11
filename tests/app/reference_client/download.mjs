// SPDX-License-Identifier: Apache-2.0
// Reads a published dataset back with the Hub's own JavaScript client: lists a revision, downloads every file.
// Usage: node download.mjs ENDPOINT REPO REVISION DOWNLOAD_DIR MODULES_DIR   (the token stands in HF_TOKEN)
// Prints one JSON line: {"private": …, "files": {path: {"size": …, "sha256": …, "lfs": …}}}.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const [hubUrl, name, revision, downloads, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const hub = await import(pathToFileURL(require.resolve("@huggingface/hub")).href);
const common = { repo: { type: "dataset", name }, accessToken: process.env.HF_TOKEN, hubUrl };

const info = await hub.datasetInfo({ name, accessToken: process.env.HF_TOKEN, hubUrl });
const files = {};
for await (const file of hub.listFiles({ ...common, revision, recursive: true })) {
  if (file.type !== "file") {
    continue;
  }
  const blob = await hub.downloadFile({ ...common, revision, path: file.path });
  const bytes = Buffer.from(await blob.arrayBuffer());
  await mkdir(dirname(join(downloads, file.path)), { recursive: true });
  await writeFile(join(downloads, file.path), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  files[file.path] = { size: bytes.length, sha256, lfs: file.lfs !== undefined };
}
console.log(JSON.stringify({ private: info.private, files }));
