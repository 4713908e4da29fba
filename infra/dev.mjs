// The one entry of every npm script. Needs Node and npm, nothing installed: it installs what is missing first.
import { accuracy } from "./dev/accuracy.mjs";
import { bench } from "./dev/bench.mjs";
import { build } from "./dev/build.mjs";
import { check } from "./dev/check.mjs";
import { install } from "./dev/install.mjs";
import { load } from "./dev/load.mjs";
import { dev, start } from "./dev/start.mjs";
import { test, updateGoldens } from "./dev/test.mjs";

const commands = { start, dev, test, check, build, bench, accuracy, load, golden: updateGoldens };

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
if (!command) {
  console.error(`usage: node infra/dev.mjs ${Object.keys(commands).join(" | ")}`);
  process.exit(2);
}
await install();
process.exitCode = await command(args);
