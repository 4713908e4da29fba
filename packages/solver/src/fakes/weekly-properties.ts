import type { Plan } from "@headroom/core";
import fc from "fast-check";
import { javascriptLpSolver } from "../backends/javascript-lp-solver/javascript-lp-solver-backend.ts";
import { type Backends, defaultBackends } from "../solve/backends.ts";
import { offerRow, planCase, type WeeklyCase, withoutDoubles } from "./weekly-case.ts";

/** What holds of any two plans of a week whose questions differ in one thing. */
export interface WeeklyProperty {
  readonly name: string;
  readonly holds: (cases: fc.Arbitrary<WeeklyCase>, run: Run) => Promise<void>;
}

export interface Run {
  readonly numRuns: number;
  readonly seed?: number;
}

const property = <D>(name: string, drawn: fc.Arbitrary<D>, test: (asked: WeeklyCase, drawn: D) => Promise<void>): WeeklyProperty => ({
  name,
  holds: (cases, run) => fc.assert(fc.asyncProperty(cases, drawn, test), run),
});

/** Of a plan, in dollars an hour; no plan costs more than any. */
interface Interval {
  readonly lower: number;
  readonly cost: number;
}

const intervalOf = ({ status, cost, proof }: Plan): Interval =>
  status === "infeasible"
    ? { lower: Number.POSITIVE_INFINITY, cost: Number.POSITIVE_INFINITY }
    : { lower: Number(proof.lowerBoundUsdPerHour ?? 0), cost: Number(cost?.usdPerHour) };

/** A millionth of a dollar for each rounding of a price that is spread over hours. */
const rounding = 2e-5;

/**
 * A plan lies between its bound and its cost, and the optimum does too. So the optimum of one question is at most that of
 * another exactly when no such pair speaks against it: the bound of the one must not exceed the cost of the other. Where
 * both are proved to the last, this is the order of their costs.
 */
const neverCostsMore = (one: Interval, other: Interval): void => {
  if (one.lower > other.cost + rounding) throw new Error(`proved to cost ${one.lower}, where ${other.cost} must suffice`);
};

const compared = <D>(
  name: string,
  drawn: fc.Arbitrary<D>,
  change: (asked: WeeklyCase, drawn: D) => { readonly cheaper: WeeklyCase; readonly dearer: WeeklyCase },
): WeeklyProperty =>
  property(name, drawn, async (asked, one) => {
    const { cheaper, dearer } = change(asked, one);
    neverCostsMore(intervalOf(await planCase(cheaper)), intervalOf(await planCase(dearer)));
  });

const withServices = (asked: WeeklyCase, change: (service: Service, index: number) => Service): WeeklyCase => ({
  ...asked,
  request: { ...asked.request, services: asked.request.services.map(change) },
});

type Service = WeeklyCase["request"]["services"][number];

/** The service's rate in every hour, changed. */
const withRates = (service: Service, rateOf: (rate: number, hour: number) => number): Service => {
  const rate = service.demand.requestRatePerSecond;
  if (typeof rate === "number") return { ...service, demand: { ...service.demand, requestRatePerSecond: rateOf(rate, 0) } };
  if (!("hourOfWeek" in rate)) return service;
  return { ...service, demand: { ...service.demand, requestRatePerSecond: { ...rate, hourOfWeek: rate.hourOfWeek.map(rateOf) } } };
};

const withQuotas = (asked: WeeklyCase, more: number): WeeklyCase => {
  const { market, ...request } = asked.request;
  return {
    ...asked,
    request: { ...request, market: { ...market, quotas: (market?.quotas ?? []).map((quota) => ({ ...quota, max: quota.max + more })) } },
  };
};

const withPurchase = (asked: WeeklyCase, purchase: WeeklyCase["request"]["purchase"]): WeeklyCase => ({
  ...asked,
  request: { ...asked.request, purchase: { ...asked.request.purchase, ...purchase } },
});

const withRegions = (asked: WeeklyCase, regions: string[]): WeeklyCase => ({
  ...asked,
  request: { ...asked.request, market: { ...asked.request.market, regions } },
});

const withAccelerators = (asked: WeeklyCase, accelerators: string[]): WeeklyCase => ({
  ...asked,
  request: { ...asked.request, market: { ...asked.request.market, accelerators } },
});

export const weeklyOrders: readonly WeeklyProperty[] = [
  compared("another offer never costs more", offerRow, (asked, row) => ({
    cheaper: { ...asked, offers: withoutDoubles([...asked.offers, row]) },
    dearer: asked,
  })),
  compared("a looser target never costs more", fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 60 })), (asked, [which, ms]) => ({
    cheaper: withServices(asked, (service, index) =>
      index === which ? { ...service, slo: { ...service.slo, tpotMs: (service.slo.tpotMs ?? 60) + ms } } : service,
    ),
    dearer: asked,
  })),
  compared("a larger quota never costs more", fc.integer({ min: 1, max: 6 }), (asked, more) => ({
    cheaper: withQuotas(asked, more),
    dearer: asked,
  })),
  compared("a longer list of accelerators never costs more", fc.constantFrom("l4", "h100"), (asked, one) => ({
    cheaper: withAccelerators(asked, ["l4", "h100", "a100-80gb"]),
    dearer: withAccelerators(asked, [one]),
  })),
  compared("a longer list of regions never costs more", fc.constantFrom("here", "there"), (asked, one) => ({
    cheaper: withRegions(asked, ["here", "there"]),
    dearer: withRegions(asked, [one]),
  })),
  compared("instances that may be shared never cost more", fc.constant(undefined), (asked) => ({
    cheaper: withPurchase(asked, { shareInstances: true }),
    dearer: withPurchase(asked, { shareInstances: false }),
  })),
  compared("another way of buying never costs more", fc.constantFrom("spot", "reserved"), (asked, one) => ({
    cheaper: withPurchase(asked, { capacityTypes: ["on-demand", one] }),
    dearer: withPurchase(asked, { capacityTypes: ["on-demand"] }),
  })),
  compared("a larger share of spot never costs more", fc.constantFrom(0.25, 0.5, 1), (asked, spotMaxShare) => ({
    cheaper: withPurchase(asked, { spotMaxShare }),
    dearer: withPurchase(asked, { spotMaxShare: spotMaxShare / 4 }),
  })),
  compared("more demand of one service never costs less", fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 8 })), (asked, [which, more]) => ({
    cheaper: asked,
    dearer: withServices(asked, (service, index) =>
      index === which ? withRates(service, (rate, hour) => (hour % 24 < 12 ? rate + more : rate)) : service,
    ),
  })),
];

const scaled = (asked: WeeklyCase, factor: number): WeeklyCase => ({
  ...asked,
  offers: asked.offers.map((row) => ({ ...row, cents: row.cents * factor })),
});

/** HiGHS for everything, and javascript-lp-solver wherever it may. */
const highsAlone: Backends = {
  small: { ...javascriptLpSolver, solve: () => ({ status: "no-solution", reason: "not asked" }) },
  large: defaultBackends.large,
};

export const weeklyEqualities: readonly WeeklyProperty[] = [
  property("prices × k cost × k", fc.constantFrom(2, 3, 10), async (asked, factor) => {
    const [one, many] = [intervalOf(await planCase(asked)), intervalOf(await planCase(scaled(asked, factor)))];
    const expected = { lower: one.lower * factor - rounding * factor, cost: one.cost * factor + rounding * factor };
    neverCostsMore(expected, many);
    neverCostsMore(many, expected);
  }),
  property("both backends agree", fc.constant(undefined), async (asked) => {
    const [one, other] = [intervalOf(await planCase(asked)), intervalOf(await planCase(asked, highsAlone))];
    neverCostsMore(one, other);
    neverCostsMore(other, one);
  }),
  property("shuffled input gives the same bytes, but for the order of the caller's own lists", fc.constant(undefined), async (asked) => {
    const [one, other] = [bytesInOneOrder(await planCase(asked)), bytesInOneOrder(await planCase(shuffledCase(asked)))];
    if (one !== other) throw new Error(`${one}\nis not\n${other}`);
  }),
];

/** What a caller compares: all but the order of the caller's own lists, and what stands for the request itself. */
const bytesInOneOrder = ({ request: _request, inputHash: _hash, ...plan }: Plan): string =>
  JSON.stringify({ ...plan, demandMet: plan.demandMet.map((met) => JSON.stringify(met)).toSorted() }, sortedKeys);

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const shuffledCase = (asked: WeeklyCase): WeeklyCase => {
  const { services, market, ...request } = asked.request;
  return {
    offers: asked.offers.toReversed(),
    request: {
      ...request,
      services: services
        .toReversed()
        .map((service) => ({ ...service, demand: { ...service.demand, classes: service.demand.classes.toReversed() } })),
      market: { ...market, quotas: market?.quotas?.toReversed() ?? [] },
    },
  };
};
