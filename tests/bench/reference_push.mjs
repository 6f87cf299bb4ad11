// SPDX-License-Identifier: Apache-2.0
// Pushes a bundle in one commit with the Hub's own JavaScript client, for packaging/bench-publish to measure.
// Usage: node reference_push.mjs ENDPOINT REPO BUNDLE_DIR MODULES_DIR   (the token stands in HF_TOKEN)
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [hubUrl, name, bundle, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const hub = await import(pathToFileURL(require.resolve("@huggingface/hub")).href);
const common = { repo: { type: "dataset", name }, accessToken: process.env.HF_TOKEN, hubUrl };

const entries = await readdir(bundle, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.path, entry.name).slice(bundle.length + 1));
await hub.createRepo({ ...common, visibility: "private" });
await hub.commit({
  ...common,
  title: "Export with the reference client",
  // A URL, so that the client reads the files itself and as it likes.
  operations: paths.map((path) => ({
    operation: "addOrUpdate",
    path,
    content: pathToFileURL(join(bundle, path)),
  })),
});
