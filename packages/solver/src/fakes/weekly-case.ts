import { type Catalog, type Outcome, type Plan, type PlanRequest, parseRequest, planRequest, readCatalog } from "@headroom/core";
import fc from "fast-check";
import { planFleet } from "../plan-fleet.ts";
import { type Backends, defaultBackends } from "../solve/backends.ts";
import { strictTools } from "./strict-tools.ts";

/** A small market and a request of several services over a week, drawn at random. */
export interface WeeklyCase {
  readonly offers: readonly OfferRow[];
  readonly request: PlanRequest;
}

export interface OfferRow {
  readonly type: (typeof machines)[number]["name"];
  readonly capacityType: "on-demand" | "spot" | "reserved";
  readonly region: "here" | "there";
  readonly cents: number;
}

type Service = PlanRequest["services"][number];

const machines = [
  { name: "l4x1", accelerator: "l4", accelerators: 1, network: "ethernet" },
  { name: "h100x1", accelerator: "h100", accelerators: 1, network: "ethernet" },
  { name: "a100x2", accelerator: "a100-80gb", accelerators: 2, network: "ethernet" },
] as const;

const leastCents = { l4x1: 60, h100x1: 250, a100x2: 300 } as const;
const priceShare = { "on-demand": 1, reserved: 0.6, spot: 0.4 } as const;

export const offerRow = fc
  .record({
    type: fc.constantFrom(...machines.map(({ name }) => name)),
    capacityType: fc.constantFrom("on-demand", "spot", "reserved"),
    region: fc.constantFrom("here", "there"),
    dearer: fc.integer({ min: 0, max: 60 }),
  })
  .map(
    ({ dearer, ...row }): OfferRow => ({
      ...row,
      cents: Math.round(leastCents[row.type] * priceShare[row.capacityType] * (1 + dearer / 100)),
    }),
  );

/** Of each kind of machine at least one by the hour, so that there is a plan. */
const market = fc
  .tuple(fc.array(offerRow, { minLength: 2, maxLength: 6 }), fc.integer({ min: 0, max: 60 }))
  .map(([rows, dearer]): readonly OfferRow[] =>
    withoutDoubles([
      { type: "l4x1", capacityType: "on-demand", region: "here", cents: 60 + dearer },
      { type: "h100x1", capacityType: "on-demand", region: "there", cents: 250 + 3 * dearer },
      ...rows,
    ]),
  );

const idOf = ({ type, capacityType, region }: OfferRow): string => `${region}/${type}/${capacityType}`;

/** Of two offers with one id the cheaper one. */
export const withoutDoubles = (rows: readonly OfferRow[]): readonly OfferRow[] => {
  const cheapest = new Map<string, OfferRow>();
  for (const row of rows) {
    const known = cheapest.get(idOf(row));
    if (!known || row.cents < known.cents) cheapest.set(idOf(row), row);
  }
  return [...cheapest.values()];
};

const traffic = [
  { name: "chat", islTokens: 800, oslTokens: 250 },
  { name: "document", islTokens: 4000, oslTokens: 300 },
  { name: "code", islTokens: 1500, oslTokens: 600 },
] as const;

/** Shares in tenths of one to three classes. */
const mixes = [[10], [7, 3], [5, 2, 3], [4, 6]] as const;

const levels = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 9 }), fc.integer({ min: 6, max: 20 }));

const service = fc.record({ mix: fc.constantFrom(...mixes), levels, tpotMs: fc.integer({ min: 60, max: 120 }) });

const serviceOf = (
  index: number,
  { mix, levels: [night, day, evening], tpotMs }: { mix: readonly number[]; levels: readonly [number, number, number]; tpotMs: number },
): Service => ({
  name: `service-${index}`,
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: mix.map((tenths, at) => ({ ...(traffic[at] ?? traffic[0]), share: tenths / 10 })),
    requestRatePerSecond: { hourOfWeek: hours((hour) => (hour % 24 < 8 ? night : hour % 24 < 18 ? day : evening)) },
  },
  slo: { ttftMs: 4000, tpotMs },
});

export const hours = (rateOf: (hour: number) => number): number[] => Array.from({ length: 168 }, (_, hour) => rateOf(hour));

export const weeklyCase: fc.Arbitrary<WeeklyCase> = fc
  .record({
    offers: market,
    services: fc.array(service, { minLength: 2, maxLength: 3 }),
    quota: fc.integer({ min: 2, max: 12 }),
    spotMaxShare: fc.constantFrom(0, 0.5, 1),
  })
  .map(({ offers, services, quota, spotMaxShare }) => ({
    offers,
    request: {
      services: services.map((drawn, index) => serviceOf(index, drawn)),
      limits: { gap: 0, timeLimitSeconds: 600 },
      purchase: { spotMaxShare },
      market: {
        quotas: [
          { instanceType: "h100x1", max: quota },
          { instanceType: "a100x2", max: 2 * quota },
        ],
      },
    },
  }));

/** The same market asked for two services of two classes whose instances may be shared or not: at a constant rate, or two in a day. */
export const twoServicesCase: fc.Arbitrary<WeeklyCase> = fc
  .record({ asked: weeklyCase, shareInstances: fc.boolean(), hoursApart: fc.constantFrom("one", "two") })
  .map(({ asked, shareInstances, hoursApart }) => ({
    ...asked,
    request: {
      ...asked.request,
      purchase: { ...asked.request.purchase, shareInstances },
      services: asked.request.services.slice(0, 2).map((drawn) => ofTwoClasses(drawn, hoursApart)),
    },
  }));

const ofTwoClasses = (drawn: Service, hoursApart: "one" | "two"): Service => {
  const [first, , second] = traffic;
  const asked = drawn.demand.requestRatePerSecond;
  const [night = 1, , day = 1] =
    typeof asked === "object" && "hourOfWeek" in asked ? [0, 8, 18].map((hour) => asked.hourOfWeek[hour] ?? 1) : [];
  return {
    ...drawn,
    demand: {
      classes: [
        { ...first, share: 0.7 },
        { ...second, share: 0.3 },
      ],
      requestRatePerSecond: hoursApart === "one" ? day : { hourOfWeek: hours((hour) => (hour % 24 < 12 ? night : day)) },
    },
  };
};

export const marketOf = (rows: readonly OfferRow[]): Catalog => {
  const read = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: machines.map((machine) => ({ provider: "cloud", source: "made up", ...machine })),
    offers: rows.map((row) => ({
      id: idOf(row),
      provider: "cloud",
      instanceType: row.type,
      region: row.region,
      capacityType: row.capacityType,
      ...(row.capacityType === "reserved" ? { term: "1y" as const } : {}),
      usdPerInstanceHour: (row.cents / 100).toFixed(2),
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.value;
};

/** Time stands still: nothing of an answer depends on how busy the machine is. */
export const planCase = async ({ offers, request }: WeeklyCase, backends: Backends = defaultBackends): Promise<Plan> => {
  const parsed = parseRequest(planRequest, request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome: Outcome<Plan> = await planFleet(
    { request: parsed.value, catalog: marketOf(offers), version: "test", newId: () => "plan_test" },
    { ...strictTools, backends },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};
