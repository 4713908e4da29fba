import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Outcome } from "@headroom/core";
import { type SolverThreads, solverThreads } from "@headroom/solver/threads";
import { type CommandDef, defineCommand } from "citty";
import { answerRequests } from "./answer-requests.ts";
import { type CommandName, doors } from "./doors.ts";
import { askServer } from "./ask-server.ts";
import { renderers } from "./render/renderers.ts";
import { version } from "./version.ts";

const descriptions: Readonly<Record<CommandName, string>> = {
  memory: "How much memory a model needs, by part",
  performance: "Throughput and latency of one replica",
  training: "Memory, speed and days of training",
  mix: "The cheapest machines for rates you have measured",
  plan: "The cheapest fleet that meets the targets, proved and explained",
  verify: "Check a plan against its request, without the solver",
  offers: "Priced offers, cheapest per accelerator first",
};

const args = {
  file: { type: "positional", required: false, description: "a .json document, a .jsonl batch, or - for a batch on standard input" },
  json: { type: "boolean", description: "print JSON on a terminal too" },
  server: { type: "string", description: "address of a Headroom API that answers instead of this machine", valueHint: "URL" },
  catalog: { type: "string", description: "a catalog file to take prices from", valueHint: "FILE" },
} as const;

/** One subcommand for each of the contract's requests. */
export const requestCommands: Record<string, CommandDef> = Object.fromEntries(
  (Object.keys(doors) as CommandName[]).map((name) => [
    name,
    defineCommand({
      meta: { name, description: descriptions[name] },
      args,
      run: async ({ args: { file, json, server, catalog } }) => {
        const threads = lazyThreads();
        const answer = server ? askServer(server, name) : (request: unknown): Promise<Outcome<unknown>> => doors[name](request, { threads: threads.get, catalogFile: catalog });
        const asText = process.stdout.isTTY === true && !json;
        process.exitCode = await answerRequests({ file, answer, write: asText ? renderers[name] : compactJson });
        await threads.close();
      },
    }) as CommandDef,
  ]),
);

const compactJson = (answer: unknown): string => JSON.stringify(answer);

/** Threads cost a tenth of a second to start: memory and performance never need them. */
const lazyThreads = () => {
  let started: SolverThreads | undefined;
  return {
    get: (): SolverThreads => {
      started ??= solverThreads({ filename: fileURLToPath(new URL("./solver-thread.mjs", import.meta.url)), threads: Math.min(2, availableParallelism()), version });
      return started;
    },
    close: async (): Promise<void> => started?.close(),
  };
};
