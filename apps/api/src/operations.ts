import { listAcceleratorsOperation } from "./accelerators/list.ts";
import { createCatalogOperation } from "./catalogs/create.ts";
import { getCatalogOperation } from "./catalogs/get.ts";
import { listCatalogsOperation } from "./catalogs/list.ts";
import type { Dependencies } from "./dependencies.ts";
import { createFrontierOperation } from "./frontiers/create.ts";
import type { Operation } from "./http/operation.ts";
import { cancelJobOperation } from "./jobs/cancel.ts";
import { getJobOperation } from "./jobs/get.ts";
import { createMeasurementsOperation } from "./measurements/create.ts";
import { listMeasurementsOperation } from "./measurements/list.ts";
import { removeMeasurementOperation } from "./measurements/remove.ts";
import { createMemoryEstimateOperation } from "./memory-estimates/create.ts";
import { createMixOperation } from "./mixes/create.ts";
import { listModelsOperation } from "./models/list.ts";
import { listOffersOperation } from "./offers/list.ts";
import { createPerformanceEstimateOperation } from "./performance-estimates/create.ts";
import { createPlanOperation } from "./plans/create.ts";
import { getPlanOperation } from "./plans/get.ts";
import { listPlansOperation } from "./plans/list.ts";
import { removePlanOperation } from "./plans/remove.ts";
import { createRunOperation } from "./runs/create.ts";
import { getRunOperation } from "./runs/get.ts";
import { listRunsOperation } from "./runs/list.ts";
import { createScenariosOperation } from "./scenarios/create.ts";
import { getScheduleOperation } from "./schedules/get.ts";
import { putScheduleOperation } from "./schedules/put.ts";
import { removeScheduleOperation } from "./schedules/remove.ts";
import { healthOperation } from "./service/health.ts";
import { metricsOperation } from "./service/metrics.ts";
import { readinessOperation } from "./service/readiness.ts";
import { createTrainingEstimateOperation } from "./training-estimates/create.ts";
import { createVerificationOperation } from "./verifications/create.ts";

/** Everything the API can be asked. */
export const operationsOf = (dependencies: Dependencies): readonly Operation[] => [
  createMemoryEstimateOperation,
  createPerformanceEstimateOperation(dependencies),
  createTrainingEstimateOperation,
  createMixOperation(dependencies),
  createPlanOperation(dependencies),
  listPlansOperation(dependencies),
  getPlanOperation(dependencies),
  removePlanOperation(dependencies),
  createFrontierOperation(dependencies),
  createScenariosOperation(dependencies),
  createVerificationOperation,
  putScheduleOperation(dependencies),
  getScheduleOperation(dependencies),
  removeScheduleOperation(dependencies),
  createRunOperation(dependencies),
  listRunsOperation(dependencies),
  getRunOperation(dependencies),
  listOffersOperation(dependencies),
  listCatalogsOperation(dependencies),
  createCatalogOperation(dependencies),
  getCatalogOperation(dependencies),
  createMeasurementsOperation(dependencies),
  listMeasurementsOperation(dependencies),
  removeMeasurementOperation(dependencies),
  listModelsOperation(),
  listAcceleratorsOperation(),
  getJobOperation(dependencies),
  cancelJobOperation(dependencies),
  healthOperation(dependencies),
  readinessOperation(dependencies),
  metricsOperation(dependencies),
];
