import { headroomVersion } from "@headroom/core";
import { defineCommand, runMain } from "citty";
import { catalogCommand } from "./catalog-command.ts";
import { measurementsCommand } from "./measurements-command.ts";
import { requestCommands } from "./request-command.ts";

const headroom = defineCommand({
  meta: {
    name: "headroom",
    version: headroomVersion,
    description: "Plans GPU clusters for large language models: memory, speed, and the cheapest machines, proved and explained.",
  },
  subCommands: { ...requestCommands, catalog: catalogCommand, measurements: measurementsCommand },
});

await runMain(headroom);
