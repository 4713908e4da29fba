import type { CatalogDocument, Frontier, MeasuredReplica, Measurement, Plan, Scenarios } from "@headroom/core";
import {
  type Clock,
  cancelJob,
  completeJob,
  completeJobWithAnswer,
  createCatalog,
  createHeldJob,
  createJob,
  createMeasurements,
  createPlan,
  createRun,
  type Database,
  failJob,
  findIdempotencyKey,
  getJob,
  getPlanText,
  getRun,
  getSchedule,
  type JobProblem,
  type Lease,
  listCatalogs,
  listMeasurements,
  listPlans,
  listRuns,
  measurementsForModel,
  type NewJob,
  type PageRequest,
  planExists,
  putSchedule,
  type RequestKey,
  releaseJob,
  removeMeasurement,
  removePlan,
  removeSchedule,
  renewJob,
  type ScheduleWish,
} from "@headroom/db";

/** How long a solve that this server continues stays its own without a sign of life. */
const leaseMs = 15_000;

/** The database's verbs, bound to one database and its clock: what a test replaces by memory. */
export const databaseStore = (db: Database, clock: Clock) => ({
  now: () => clock(db),
  plans: {
    create: (plan: Plan, key?: RequestKey) => createPlan(db, plan, key),
    text: (id: string) => getPlanText(db, id),
    exists: (id: string) => planExists(db, id),
    list: (page: PageRequest) => listPlans(db, page),
    remove: (id: string) => removePlan(db, id),
  },
  schedules: {
    get: (planId: string) => getSchedule(db, planId),
    put: async (wish: Omit<ScheduleWish, "now">) => putSchedule(db, { ...wish, now: await clock(db) }),
    remove: (planId: string) => removeSchedule(db, planId),
  },
  runs: {
    create: async (planId: string) => createRun(db, planId, await clock(db)),
    get: (id: string) => getRun(db, id),
    list: (planId: string, page: PageRequest) => listRuns(db, planId, page),
  },
  catalogs: {
    create: (document: CatalogDocument) => createCatalog(db, document),
    list: (page: PageRequest) => listCatalogs(db, page),
  },
  measurements: {
    create: (runs: readonly Measurement[]) => createMeasurements(db, runs),
    list: (of: Partial<MeasuredReplica>, page: PageRequest) => listMeasurements(db, of, page),
    forModel: (replica: MeasuredReplica, limit: number) => measurementsForModel(db, replica, limit),
    remove: (id: string) => removeMeasurement(db, id),
  },
  jobs: {
    create: (job: NewJob) => createJob(db, job),
    createHeld: async (job: NewJob) => createHeldJob(db, job, { now: await clock(db), leaseMs }),
    renew: async (lease: Lease) => renewJob(db, lease, { now: await clock(db), leaseMs }),
    complete: async (lease: Lease, plan: Plan) => completeJob(db, lease, plan, await clock(db)),
    answer: async (lease: Lease, answer: Frontier | Scenarios) => completeJobWithAnswer(db, lease, { answer, now: await clock(db) }),
    fail: async (lease: Lease, problem: JobProblem) => failJob(db, lease, problem, await clock(db)),
    release: (lease: Lease) => releaseJob(db, lease),
    get: (id: string) => getJob(db, id),
    cancel: async (id: string) => cancelJob(db, id, await clock(db)),
  },
  idempotencyKeys: { find: (key: string) => findIdempotencyKey(db, key) },
});

export type Store = ReturnType<typeof databaseStore>;
