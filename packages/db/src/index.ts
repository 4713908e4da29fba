export { createCatalog } from "./catalogs/create.ts";
export { getCatalog } from "./catalogs/get.ts";
export { type ListedCatalog, listCatalogs } from "./catalogs/list.ts";
export { type CatalogShelf, type CatalogWish, catalogShelf } from "./catalogs/shelf.ts";
export { underDatabaseLock } from "./database-lock.ts";
export { type Clock, databaseTime } from "./database-time.ts";
export { findIdempotencyKey } from "./idempotency-keys/find.ts";
export { forgetOldIdempotencyKeys } from "./idempotency-keys/forget-old.ts";
export type { RequestKey } from "./idempotency-keys/take.ts";
export { isDatabaseAway } from "./is-database-away.ts";
export { cancelJob } from "./jobs/cancel.ts";
export { claimJob } from "./jobs/claim.ts";
export { completeJob } from "./jobs/complete.ts";
export { completeJobWithAnswer } from "./jobs/complete-with-answer.ts";
export { createHeldJob, createJob, type NewJob } from "./jobs/create.ts";
export { failJob } from "./jobs/fail.ts";
export { getJob } from "./jobs/get.ts";
export { releaseJob, renewJob, takeDueJobs } from "./jobs/leases.ts";
export { type HoldLease, holdLease } from "./leases/hold-lease.ts";
export type { Lease, LeaseTerms } from "./leases/lease.ts";
export { createMeasurements } from "./measurements/create.ts";
export { measurementsForModel } from "./measurements/for-model.ts";
export { listMeasurements } from "./measurements/list.ts";
export { removeMeasurement } from "./measurements/remove.ts";
export { migrateDatabase } from "./migrate.ts";
export { type Database, type OpenDatabase, openDatabase } from "./open-database.ts";
export { type Cursor, mostRowsOfPage, type Page, type PageRequest, readCursor, writeCursor } from "./page.ts";
export { createPlan } from "./plans/create.ts";
export { planExists } from "./plans/exists.ts";
export { getPlan } from "./plans/get.ts";
export { getPlanText } from "./plans/get-text.ts";
export { type ListedPlan, listPlans } from "./plans/list.ts";
export { removePlan } from "./plans/remove.ts";
export { rootCause } from "./root-cause.ts";
export { type ClaimedRun, claimRun } from "./runs/claim.ts";
export { claimDueTicks } from "./runs/claim-due-ticks.ts";
export { completeRun, type RunOutcome } from "./runs/complete.ts";
export { createRun } from "./runs/create.ts";
export { failRun } from "./runs/fail.ts";
export { getRun } from "./runs/get.ts";
export { releaseRun, renewRun, takeDueRuns } from "./runs/leases.ts";
export { type ListedRun, listRuns } from "./runs/list.ts";
export { type Cron, type CronRules, checkCron, fireTimes } from "./schedules/cron.ts";
export { getSchedule } from "./schedules/get.ts";
export { putSchedule, type ScheduleWish } from "./schedules/put.ts";
export { removeSchedule } from "./schedules/remove.ts";
export type {
  Decision,
  Job,
  JobProblem,
  JobStatus,
  JobWork,
  Run,
  RunStatus,
  Schedule,
  StoredMeasurement,
  StoredPlan,
} from "./schema/index.ts";
export { workOf } from "./schema/index.ts";
