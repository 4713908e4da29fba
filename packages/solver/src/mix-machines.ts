import type { Mix, MixRequest, Outcome, ServiceMix } from "@headroom/core";
import { mixServices } from "./mix/mix-services.ts";
import { mixBuckets } from "./mix-buckets.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

/** The cheapest machines for measured rates: the answer to a MixRequest in either of its forms. */
export const mixMachines = (request: MixRequest, tools: SolveTools): Promise<Outcome<Mix | ServiceMix>> =>
  "services" in request ? mixServices(request, tools) : mixBuckets(request, tools);
