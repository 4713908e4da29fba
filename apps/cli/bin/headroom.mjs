#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const bundle = here("../dist/main.mjs");

/** Sources newer than the bundle mean that the bundle is of yesterday. */
const newestSource = () => {
  const folders = [
    "../src",
    "../../../packages/core/src",
    "../../../packages/solver/src",
    "../../../packages/catalog",
    "../../../packages/client/src",
  ];
  return Math.max(...folders.map((folder) => newestIn(here(folder))));
};

const newestIn = (folder) =>
  existsSync(folder)
    ? Math.max(
        0,
        ...readdirSync(folder, { withFileTypes: true })
          .filter(({ name }) => name !== "node_modules")
          .map((entry) => (entry.isDirectory() ? newestIn(`${folder}/${entry.name}`) : statSync(`${folder}/${entry.name}`).mtimeMs)),
      )
    : 0;

if (!existsSync(here("../node_modules"))) {
  process.stderr.write("headroom is not installed: run `npm start` or `npm test` once, they install what is missing\n");
  process.exit(1);
}
if (!existsSync(bundle) || statSync(bundle).mtimeMs < newestSource()) {
  const { status } = spawnSync(process.execPath, [here("../build.mjs")], { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
await import(bundle);
