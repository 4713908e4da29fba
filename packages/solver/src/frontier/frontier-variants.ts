import {
  type CommitmentTerm,
  defaultFrontier,
  type FrontierAxis,
  type FrontierRequest,
  type FrontierValue,
  type PlanRequest,
} from "@headroom/core";

export interface Variant {
  readonly value: FrontierValue;
  readonly request: PlanRequest;
}

/** The same request at each value of the axis. */
export const frontierVariants = ({ plan, axis, values }: FrontierRequest): readonly Variant[] =>
  (values ?? [...defaultFrontier[axis]]).map((value) => ({ value, request: along[axis](plan, value) }));

type Along = (request: PlanRequest, value: FrontierValue) => PlanRequest;

const along: Readonly<Record<FrontierAxis, Along>> = {
  "latency-target": (request, factor) => withTargets(request, Number(factor)),
  "spot-share": (request, spotMaxShare) => buying(request, { spotMaxShare: Number(spotMaxShare) }),
  commitment: (request, terms) => buying(request, { commitmentTerms: [...(termsOf[String(terms)] ?? [])] }),
  horizon: (request, horizonHours) => buying(request, { horizonHours: Number(horizonHours) }),
};

/** What every point of an axis assumes beside what its plan does. */
export const axisMeaning: Readonly<Record<FrontierAxis, string>> = {
  "latency-target": "each value is a factor on every latency target of every service",
  "spot-share": "each value is the largest share of the accelerators that may be spot in any hour",
  commitment: "each value is the commitments that may be bought; both: 1y and 3y; a term longer than the horizon counts too",
  horizon: "each value is the plan's hours; growth is carried to the end of each",
};

/** Whether every plan for the one value is a plan for the other too. */
export const contains = (axis: FrontierAxis, looser: FrontierValue, tighter: FrontierValue): boolean => {
  switch (axis) {
    case "latency-target":
    case "spot-share":
      return looser > tighter;
    case "commitment":
      return looser !== tighter && (tighter === "none" || looser === "both");
    case "horizon":
      return false;
  }
};

const termsOf: Readonly<Record<string, readonly CommitmentTerm[]>> = { none: [], "1y": ["1y"], "3y": ["3y"], both: ["1y", "3y"] };

const buying = (request: PlanRequest, change: Partial<NonNullable<PlanRequest["purchase"]>>): PlanRequest => ({
  ...request,
  purchase: { ...request.purchase, ...change },
});

const withTargets = (request: PlanRequest, factor: number): PlanRequest => ({
  ...request,
  services: request.services.map((service) => {
    const { ttftMs, tpotMs, requestLatencyMs, ...slo } = service.slo;
    return {
      ...service,
      slo: {
        ...slo,
        ...(ttftMs === undefined ? {} : { ttftMs: ttftMs * factor }),
        ...(tpotMs === undefined ? {} : { tpotMs: tpotMs * factor }),
        ...(requestLatencyMs === undefined ? {} : { requestLatencyMs: requestLatencyMs * factor }),
      },
    };
  }),
});
