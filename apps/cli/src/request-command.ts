import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { headroomClient } from "@headroom/client";
import { headroomVersion, type Measurement } from "@headroom/core";
import { type SolverThreads, solverThreads } from "@headroom/solver/threads";
import { type CommandDef, defineCommand } from "citty";
import { answerRequests } from "./answer-requests.ts";
import { type CommandName, commandNames } from "./doors.ts";
import { localDoors } from "./local-doors.ts";
import { localMeasurements } from "./local-measurements.ts";
import { renderers } from "./render/renderers.ts";
import { serverDoors } from "./server-doors.ts";

const descriptions: Readonly<Record<CommandName, string>> = {
  memory: "How much memory a model needs, by part",
  performance: "Throughput and latency of one replica",
  training: "Memory, speed and days of training",
  mix: "The cheapest machines for rates you have measured",
  plan: "The cheapest fleet that meets the targets, proved and explained",
  frontier: "What the cheapest fleet costs while a target, the spot share, the commitment or the horizon moves",
  scenarios: "A fleet for each scenario of demand and prices, what each regrets in the others, and which regrets least at worst",
  verify: "Check a plan against its request, without the solver",
  offers: "Priced offers, cheapest per accelerator first",
};

const args = {
  file: { type: "positional", required: false, description: "a .json document, a .jsonl batch, or - for a batch on standard input" },
  json: { type: "boolean", description: "print JSON on a terminal too" },
  server: { type: "string", description: "address of a Headroom API that answers instead of this machine", valueHint: "URL" },
  catalog: { type: "string", description: "a catalog file to take prices from", valueHint: "FILE" },
} as const;

const requestCommand = (name: CommandName) =>
  defineCommand({
    meta: { name, description: descriptions[name] },
    args,
    run: async ({ args: { file, json, server, catalog } }) => {
      if (server && catalog)
        throw new Error("--catalog is read on this machine and --server answers elsewhere: upload the catalog to the server instead");
      const threads = lazyThreads();
      const doors = server
        ? serverDoors(headroomClient({ baseUrl: server }))
        : localDoors({ threads: threads.get, catalogFile: catalog, measurements: readOnce() });
      const asText = process.stdout.isTTY === true && !json;
      process.exitCode = await answerRequests({
        file,
        answer: doors[name],
        render: asText ? renderers[name] : JSON.stringify,
        print: (line) => process.stdout.write(`${line}\n`),
        warn: (line) => process.stderr.write(`${line}\n`),
      });
      await threads.close();
    },
  });

/** One subcommand for each of the contract's requests. */
export const requestCommands: Record<string, CommandDef> = Object.fromEntries(
  commandNames.map((name) => [name, requestCommand(name) as CommandDef]),
);

/** A batch asks a thousand times for what one file holds. */
const readOnce = (): (() => readonly Measurement[]) => {
  let read: readonly Measurement[] | undefined;
  return () => {
    read ??= localMeasurements();
    return read;
  };
};

/** Threads cost a tenth of a second to start: memory and performance never need them. */
const lazyThreads = () => {
  let started: SolverThreads | undefined;
  return {
    get: (): SolverThreads => {
      started ??= solverThreads({
        filename: fileURLToPath(new URL("./solver-thread.mjs", import.meta.url)),
        threads: Math.min(2, availableParallelism()),
        version: headroomVersion,
      });
      return started;
    },
    close: async (): Promise<void> => started?.close(),
  };
};
