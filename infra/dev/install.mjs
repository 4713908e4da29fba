import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./run.mjs";

const stampFile = join(root, "node_modules", ".install-stamp");

/** Installs the locked dependencies unless they are there already, with the pnpm that package.json names. */
export const install = async () => {
  const stamp = currentStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  console.error(`installing dependencies with ${packageManager}`);
  const pnpm = ["pnpm", "install", "--frozen-lockfile", "--reporter=append-only"];
  const code = await run("npm", ["exec", "--yes", `--package=${packageManager}`, "--", ...pnpm], { stdio: ["ignore", 2, 2] });
  if (code !== 0) {
    console.error("the install failed: Node 20.19 or newer, npm and a reachable npm registry are needed");
    process.exit(code);
  }
  writeFileSync(stampFile, stamp);
};

/** Everything that decides what is installed. */
const currentStamp = () => {
  const hash = createHash("sha256").update(process.version);
  const manifests = ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...workspaceManifests()];
  for (const file of manifests) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex");
};

const workspaceManifests = () =>
  ["apps", "packages"]
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name, "package.json")))
    .concat(join("test", "package.json"))
    .filter((file) => existsSync(join(root, file)))
    .sort();
