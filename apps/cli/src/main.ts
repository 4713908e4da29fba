import { defineCommand, runMain } from "citty";
import { catalogCommand } from "./catalog-command.ts";
import { requestCommands } from "./request-command.ts";
import { version } from "./version.ts";

const headroom = defineCommand({
  meta: { name: "headroom", version, description: "Plans GPU clusters for large language models: memory, speed, and the cheapest machines, proved and explained." },
  subCommands: { ...requestCommands, catalog: catalogCommand },
});

await runMain(headroom);
