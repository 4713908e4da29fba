import { cp } from "node:fs/promises";
import { build } from "esbuild";

await build({
  entryPoints: { main: "src/main.ts", "solver-thread": "@headroom/solver/thread" },
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Each finds files or threads of its own beside itself, so it stays where it is installed.
  external: ["highs", "pino", "piscina", "prom-client", "swagger-ui-dist"],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: "warning",
});
await cp("../../packages/db/migrations", "dist/migrations", { recursive: true });
