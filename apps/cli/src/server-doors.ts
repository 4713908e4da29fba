import { frontierAndWait, type HeadroomClient, planAndWait, scenariosAndWait } from "@headroom/client";
import type {
  FrontierRequest,
  MemoryRequest,
  MixRequest,
  OffersRequest,
  PerformanceRequest,
  Plan,
  PlanRequest,
  ScenariosRequest,
  TrainingRequest,
} from "@headroom/core";
import type { Doors } from "./doors.ts";

/** Asks a Headroom API. What was read goes out as it is: the server checks it and names the field that is wrong. */
export const serverDoors = (client: HeadroomClient): Doors => ({
  memory: (input) => client.estimateMemory(input as MemoryRequest),
  performance: (input) => client.estimatePerformance(input as PerformanceRequest),
  training: (input) => client.estimateTraining(input as TrainingRequest),
  mix: (input) => client.mix(input as MixRequest),
  plan: (input) => planAndWait(client, input as PlanRequest),
  frontier: (input) => frontierAndWait(client, input as FrontierRequest),
  scenarios: (input) => scenariosAndWait(client, input as ScenariosRequest),
  verify: (input) => client.verify(input as Plan),
  offers: (input) => client.listOffers(input as OffersRequest),
});
