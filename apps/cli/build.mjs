import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** One file for the command line and one for the threads it solves in; native and wasm packages stay outside. */
await build({
  entryPoints: { main: here("src/main.ts"), "solver-thread": here("../../packages/solver/src/backends/threads/solver-thread.ts") },
  outdir: here("dist"),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  external: ["highs", "piscina"],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: "warning",
});
