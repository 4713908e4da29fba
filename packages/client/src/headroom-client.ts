import type {
  CatalogDocument,
  Frontier,
  FrontierRequest,
  ImportedMeasurements,
  MeasurementImport,
  MemoryEstimate,
  MemoryRequest,
  Mix,
  MixRequest,
  OfferList,
  OffersRequest,
  PerformanceEstimate,
  PerformanceRequest,
  Plan,
  PlanRequest,
  Scenarios,
  ScenariosRequest,
  ServiceMix,
  TrainingEstimate,
  TrainingRequest,
  Verification,
} from "@headroom/core";
import type { Answer } from "./answer.ts";
import { type AnswerOrJob, type ComparisonOptions, createComparison } from "./create-comparison.ts";
import { createPlan, type PlanOptions, type PlanOrJob } from "./create-plan.ts";
import type { JobDocument } from "./documents/job.ts";
import type { AcceleratorList, CatalogSummary, ModelList } from "./documents/listings.ts";
import type { MeasurementsQuery, StoredMeasurementDocument } from "./documents/measurement.ts";
import type { Page, PageQuery } from "./documents/page.ts";
import type { PlanSummary } from "./documents/plan-summary.ts";
import type { RunDocument, RunSummary } from "./documents/run.ts";
import type { ScheduleDocument, ScheduleRequest } from "./documents/schedule.ts";
import { type Call, send, type Transport } from "./transport.ts";

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Every operation of the API as a function. None throws: a refusal and a silent server are values too. */
export const headroomClient = (transport: Transport) => {
  const call = <T>(request: Call): Promise<Answer<T>> => received<T>(transport, request);
  const get = <T>(path: string, query: Call["query"] = {}, { signal }: CallOptions = {}) => call<T>({ method: "GET", path, query, signal });
  const post = <T>(path: string, body: unknown, { signal }: CallOptions = {}) => call<T>({ method: "POST", path, body, signal });
  const remove = <T>(path: string, { signal }: CallOptions = {}) => call<T>({ method: "DELETE", path, signal });

  return {
    estimateMemory: (request: MemoryRequest, options?: CallOptions) => post<MemoryEstimate>("/v1/memory-estimates", request, options),
    estimatePerformance: (request: PerformanceRequest, options?: CallOptions) =>
      post<PerformanceEstimate>("/v1/performance-estimates", request, options),
    estimateTraining: (request: TrainingRequest, options?: CallOptions) =>
      post<TrainingEstimate>("/v1/training-estimates", request, options),
    mix: (request: MixRequest, options?: CallOptions) => post<Mix | ServiceMix>("/v1/mixes", request, options),
    frontier: (request: FrontierRequest, options?: ComparisonOptions): Promise<Answer<AnswerOrJob<Frontier>>> =>
      createComparison(transport, { path: "/v1/frontiers", request, options }),
    scenarios: (request: ScenariosRequest, options?: ComparisonOptions): Promise<Answer<AnswerOrJob<Scenarios>>> =>
      createComparison(transport, { path: "/v1/scenarios", request, options }),
    verify: (plan: Plan, options?: CallOptions) => post<Verification>("/v1/verifications", plan, options),
    listOffers: (filters: OffersRequest = {}, options?: CallOptions) => get<OfferList>("/v1/offers", filters, options),

    plan: (request: PlanRequest, options?: PlanOptions): Promise<Answer<PlanOrJob>> => createPlan(transport, request, options),
    listPlans: (query: PageQuery = {}, options?: CallOptions) => get<Page<PlanSummary>>("/v1/plans", pageParameters(query), options),
    getPlan: (id: string, options?: CallOptions) => get<Plan>(`/v1/plans/${segment(id)}`, {}, options),
    removePlan: (id: string, options?: CallOptions) => remove<undefined>(`/v1/plans/${segment(id)}`, options),

    getSchedule: (planId: string, options?: CallOptions) => get<ScheduleDocument>(`/v1/plans/${segment(planId)}/schedule`, {}, options),
    putSchedule: (planId: string, schedule: ScheduleRequest, { signal }: CallOptions = {}) =>
      call<ScheduleDocument>({ method: "PUT", path: `/v1/plans/${segment(planId)}/schedule`, body: schedule, signal }),
    removeSchedule: (planId: string, options?: CallOptions) => remove<undefined>(`/v1/plans/${segment(planId)}/schedule`, options),

    listRuns: (planId: string, query: PageQuery = {}, options?: CallOptions) =>
      get<Page<RunSummary>>(`/v1/plans/${segment(planId)}/runs`, pageParameters(query), options),
    getRun: (id: string, options?: CallOptions) => get<RunDocument>(`/v1/runs/${segment(id)}`, {}, options),
    solveAgain: (planId: string, options?: CallOptions) => post<RunSummary>(`/v1/plans/${segment(planId)}/runs`, undefined, options),

    listCatalogs: (query: PageQuery = {}, options?: CallOptions) =>
      get<Page<CatalogSummary>>("/v1/catalogs", pageParameters(query), options),
    getCatalog: (id: string, options?: CallOptions) => get<CatalogDocument>(`/v1/catalogs/${segment(id)}`, {}, options),
    addCatalog: (document: CatalogDocument, options?: CallOptions) => post<CatalogSummary>("/v1/catalogs", document, options),

    importMeasurements: (request: MeasurementImport, options?: CallOptions) =>
      post<ImportedMeasurements>("/v1/measurements", request, options),
    listMeasurements: ({ model, accelerator, ...page }: MeasurementsQuery = {}, options?: CallOptions) =>
      get<Page<StoredMeasurementDocument>>("/v1/measurements", { model, accelerator, ...pageParameters(page) }, options),
    removeMeasurement: (id: string, options?: CallOptions) => remove<undefined>(`/v1/measurements/${segment(id)}`, options),

    listModels: (options?: CallOptions) => get<ModelList>("/v1/models", {}, options),
    listAccelerators: (options?: CallOptions) => get<AcceleratorList>("/v1/accelerators", {}, options),

    getJob: (id: string, options?: CallOptions) => get<JobDocument>(`/v1/jobs/${segment(id)}`, {}, options),
    cancelJob: (id: string, options?: CallOptions) => remove<JobDocument>(`/v1/jobs/${segment(id)}`, options),
  };
};

export type HeadroomClient = ReturnType<typeof headroomClient>;

/** The one place that takes the server at its word: its answers are tested against the same schemas. */
const received = async <T>(transport: Transport, request: Call): Promise<Answer<T>> => {
  const answer = await send(transport, request);
  return answer.ok ? { ok: true, value: answer.value.body as T } : answer;
};

const segment = (id: string): string => encodeURIComponent(id);

const pageParameters = ({ cursor, limit }: PageQuery): Call["query"] => ({ cursor, limit });
