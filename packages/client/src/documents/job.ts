import { frontierDocument, scenariosDocument } from "@headroom/core";
import { z } from "zod";
import { problem } from "./problem.ts";
import { instant } from "./schedule.ts";

/** What is solved after its request was answered. */
export const jobDocument = z.strictObject({
  id: z.string(),
  kind: z.enum(["plan", "frontier", "scenarios"]),
  status: z.enum(["queued", "solving", "done", "failed", "cancelled"]),
  planId: z.string().nullable().describe("Of the stored plan, once the job is done."),
  answer: z.union([frontierDocument, scenariosDocument]).nullable().describe("Of a frontier or of scenarios, once the job is done."),
  problem: problem.nullable().describe("What the request would have been answered, had it waited."),
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});

export type JobDocument = z.output<typeof jobDocument>;
