import type { Frontier, FrontierRequest, PlanRequest, Scenarios, ScenariosRequest } from "@headroom/core";
import { json, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, leaseColumns } from "./columns.ts";
import { plans } from "./plans.ts";

export type JobStatus = "queued" | "solving" | "done" | "failed" | "cancelled";

/** What a job solves. */
export type JobWork =
  | { readonly kind: "plan"; readonly request: PlanRequest }
  | { readonly kind: "frontier"; readonly request: FrontierRequest }
  | { readonly kind: "scenarios"; readonly request: ScenariosRequest };

/** Why a job failed: what the caller of a synchronous request would have been answered. */
export interface JobProblem {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What is solved after its request was answered: a plan, which is stored, or a comparison of plans, which is the answer here. */
export const jobs = pgTable("jobs", {
  id: id(),
  kind: text("kind").$type<JobWork["kind"]>().notNull(),
  request: json("request").$type<JobWork["request"]>().notNull(),
  status: text("status").$type<JobStatus>().notNull().default("queued"),
  ...leaseColumns(),
  planId: text("plan_id").references(() => plans.id, { onDelete: "set null" }),
  answer: json("answer").$type<Frontier | Scenarios>(),
  problem: json("problem").$type<JobProblem>(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export type Job = typeof jobs.$inferSelect;

/** The row was written from a request of its own kind. */
export const workOf = ({ kind, request }: Pick<Job, "kind" | "request">): JobWork => ({ kind, request }) as JobWork;
