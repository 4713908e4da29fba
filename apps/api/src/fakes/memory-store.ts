import { randomUUID } from "node:crypto";
import { type CatalogDocument, type Measurement, measurementId, type Plan } from "@headroom/core";
import type { Job, Page, PageRequest, RequestKey, Run, Schedule, StoredPlan } from "@headroom/db";
import type { Store } from "../store.ts";

const nobody = { attempt: 0, leaseToken: null, leaseUntil: null, relayedAt: null, startedAt: null, finishedAt: null };

/** A store in memory, for tests of the app alone. Knows no paging beyond the first page and no lease that runs out. */
export const memoryStore = (now = new Date("2026-07-30T12:00:00Z")): Store => {
  const plans = new Map<string, StoredPlan>();
  const schedules = new Map<string, Schedule>();
  const runs = new Map<string, Run>();
  const jobs = new Map<string, Job>();
  const catalogs = new Map<string, CatalogDocument>();
  const measurements = new Map<string, Measurement>();
  const keys = new Map<string, { requestHash: string; planId: string | null; jobId: string | null }>();

  const takeKey = (key: RequestKey | undefined, led: { planId: string | null; jobId: string | null }): boolean => {
    if (!key) return true;
    if (keys.has(key.key)) return false;
    keys.set(key.key, { requestHash: key.requestHash, ...led });
    return true;
  };
  const putPlan = (plan: Plan): void => {
    const { id, name = null, status, catalog: catalogId, catalogAsOf, inputHash, request } = plan;
    plans.set(id, { id, name, status, catalogId, catalogAsOf, inputHash, request, plan, usdPerHourMicro: 4_000_000n, createdAt: now });
  };
  const putJob = (job: Pick<Job, "kind" | "request" | "status">, key: RequestKey | undefined): Job | "key-taken" => {
    const stored: Job = { ...nobody, ...job, id: `job_${randomUUID()}`, planId: null, answer: null, problem: null, createdAt: now };
    if (!takeKey(key, { planId: null, jobId: stored.id })) return "key-taken";
    jobs.set(stored.id, stored);
    return stored;
  };
  const endJob = (id: string, changes: Partial<Job>): "written" | "lost" => {
    const job = jobs.get(id);
    if (job?.status !== "solving") return "lost";
    jobs.set(id, { ...job, ...changes, finishedAt: now });
    return "written";
  };

  return {
    now: async () => now,
    plans: {
      create: async (plan, key) => {
        if (!takeKey(key, { planId: plan.id, jobId: null })) return "key-taken";
        putPlan(plan);
        return "created";
      },
      text: async (id) => (plans.has(id) ? JSON.stringify(plans.get(id)?.plan) : undefined),
      exists: async (id) => plans.has(id),
      list: async (page) =>
        firstPage(
          [...plans.values()].map((plan) => ({ plan, schedule: schedules.get(plan.id) ?? null })),
          page,
        ),
      remove: async (id) => plans.delete(id),
    },
    schedules: {
      get: async (planId) => schedules.get(planId),
      put: async (wish) => {
        if (!plans.has(wish.planId)) return undefined;
        const schedule = { id: "schedule_1", ...wish, nextRunAt: wish.enabled ? now : null, createdAt: now, updatedAt: now };
        schedules.set(wish.planId, schedule);
        return schedule;
      },
      remove: async (planId) => schedules.delete(planId),
    },
    runs: {
      create: async (planId) => {
        if (!plans.has(planId)) return undefined;
        const run = newRun(planId, now);
        runs.set(run.id, run);
        return run;
      },
      get: async (id) => runs.get(id),
      list: async (planId, page) =>
        firstPage(
          [...runs.values()].filter((run) => run.planId === planId),
          page,
        ),
    },
    catalogs: {
      create: async (document) => {
        const known = catalogs.get(document.id);
        catalogs.set(document.id, known ?? document);
        if (!known) return "created";
        return JSON.stringify(known) === JSON.stringify(document) ? "same" : "different";
      },
      list: async (page) =>
        firstPage(
          [...catalogs.values()].map(({ offers, ...rest }) => ({ ...rest, offerCount: offers.length, contentHash: "", importedAt: now })),
          page,
        ),
    },
    measurements: {
      create: async (runs) => {
        const before = measurements.size;
        for (const run of runs) measurements.set(measurementId(run), run);
        return measurements.size - before;
      },
      list: async (of, page) =>
        firstPage(
          [...measurements]
            .map(([id, document]) => ({ id, model: document.model, accelerator: document.accelerator, document, importedAt: now }))
            .filter(({ model, accelerator }) => model === (of.model ?? model) && accelerator === (of.accelerator ?? accelerator)),
          page,
        ),
      forModel: async (of, limit) =>
        [...measurements.values()].filter(({ model, accelerator }) => model === of.model && accelerator === of.accelerator).slice(0, limit),
      remove: async (id) => measurements.delete(id),
    },
    jobs: {
      create: async ({ work, key }) => putJob({ ...work, status: "queued" }, key),
      createHeld: async ({ work, key }) => {
        const job = putJob({ ...work, status: "solving" }, key);
        return job === "key-taken" ? job : { job, lease: { id: job.id, token: "", attempt: 1 } };
      },
      renew: async ({ id }) => jobs.get(id)?.status === "solving",
      complete: async ({ id }, plan) => {
        putPlan(plan);
        return endJob(id, { status: "done", planId: plan.id });
      },
      answer: async ({ id }, answer) => endJob(id, { status: "done", answer }),
      fail: async ({ id }, problem) => endJob(id, { status: "failed", problem }),
      release: async ({ id }) => {
        const job = jobs.get(id);
        if (job) jobs.set(id, { ...job, status: "queued" });
      },
      get: async (id) => jobs.get(id),
      cancel: async (id) => {
        const job = jobs.get(id);
        if (job && (job.status === "queued" || job.status === "solving")) jobs.set(id, { ...job, status: "cancelled", finishedAt: now });
        return jobs.get(id);
      },
    },
    idempotencyKeys: {
      find: async (key) => {
        const known = keys.get(key);
        return known && { key, createdAt: now, ...known };
      },
    },
  };
};

const firstPage = <T>(items: readonly T[], { limit }: PageRequest): Page<T> => ({ items: items.slice(0, limit), next: undefined });

const newRun = (planId: string, now: Date): Run => ({
  ...nobody,
  id: `run_${randomUUID()}`,
  scheduleId: null,
  planId,
  tickAt: now,
  status: "queued",
  decision: null,
  resultPlan: null,
  resultPlanId: null,
  catalogId: null,
  inputHash: null,
  usdPerHourBeforeMicro: null,
  usdPerHourAfterMicro: null,
  savingMicro: null,
  changes: null,
  error: null,
  queuedAt: now,
});
