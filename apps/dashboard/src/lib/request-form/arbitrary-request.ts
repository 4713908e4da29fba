import { capacityTypes, commitmentTerms, engineNames, kvCacheFormats, type PlanRequest, weightFormats } from "@headroom/core";
import fc from "fast-check";

/** A name as people give it: a single line that the API keeps as it is. */
const label = fc.string({ minLength: 1, maxLength: 20 }).map((text) => `a${text.replaceAll(/\s/g, "_")}`);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const shareAboveNone = share.filter((value) => value > 0);
const number = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const count = fc.integer({ min: 1, max: 10_000_000 });
const names = fc.uniqueArray(label, { minLength: 1, maxLength: 3 });
const maybe = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] });
const present = <T extends object>(value: fc.Arbitrary<T>) => value.filter((object) => Object.keys(object).length > 0);

/** As JSON has it, which knows no −0. */
const config = fc.dictionary(fc.string(), fc.jsonValue()).map((value): Record<string, unknown> => JSON.parse(JSON.stringify(value)));

const model = fc.oneof(fc.record({ id: label }), fc.record({ config }), fc.record({ id: label, config }));

const format = fc.constantFrom(...weightFormats);
const byPart = present(maybe({ attention: format, dense: format, sharedExperts: format, routedExperts: format, embeddings: format }));
const precision = present(maybe({ weights: fc.oneof(format, byPart), kvCache: fc.constantFrom(...kvCacheFormats) }));

const engine = present(
  maybe({
    name: fc.constantFrom(...engineNames),
    version: fc.constantFrom("0.19", "0.19.1", "1.20"),
    gpuMemoryUtilization: shareAboveNone,
    maxModelLen: count,
    maxNumSeqs: count,
    maxNumBatchedTokens: count,
    enforceEager: fc.boolean(),
  }),
);

const trafficClass = fc.record(
  { name: label, islTokens: count, oslTokens: count, share: shareAboveNone, prefixHitShare: share },
  { requiredKeys: ["name", "islTokens", "oslTokens", "share"] },
);

const users = fc.record(
  { users: count, concurrentShare: shareAboveNone, thinkSeconds: number },
  { requiredKeys: ["users", "concurrentShare"] },
);

const service = fc.record(
  {
    name: label,
    model,
    precision,
    engine,
    reserve: present(maybe({ memoryShare: share, computeShare: share })),
    demand: fc.record({ classes: fc.array(trafficClass, { minLength: 1, maxLength: 3 }), requestRatePerSecond: fc.oneof(number, users) }),
    slo: present(maybe({ ttftMs: number, tpotMs: number, requestLatencyMs: number, percentile: fc.constantFrom(50, 95, 99.9) })),
  },
  { requiredKeys: ["name", "model", "demand", "slo"] },
);

const quota = fc.record(
  { accelerator: label, instanceType: label, region: label, capacityType: fc.constantFrom(...capacityTypes), max: count },
  { requiredKeys: ["max"] },
);

/** Requests that use every field; not every one obeys the rules between fields, which are the API's to judge. */
export const arbitraryRequest: fc.Arbitrary<PlanRequest> = fc.record(
  {
    name: label,
    services: fc.array(service, { minLength: 1, maxLength: 3 }),
    purchase: present(
      maybe({
        capacityTypes: fc.subarray([...capacityTypes], { minLength: 1, maxLength: 2 }),
        spotMaxShare: share,
        commitmentTerms: fc.subarray([...commitmentTerms]),
        horizonHours: count,
      }),
    ),
    market: present(
      maybe({
        providers: names,
        regions: names,
        accelerators: names,
        instanceTypes: names,
        quotas: fc.array(quota, { minLength: 1, maxLength: 3 }),
        catalog: label,
        asOf: fc.constant("2026-07-30"),
      }),
    ),
    limits: present(
      maybe({
        budgetUsdPerMonth: fc.oneof(number, fc.constantFrom("12.50", "500000.00", "0.526120")),
        gap: share,
        timeLimitSeconds: number,
      }),
    ),
  },
  { requiredKeys: ["services"] },
);
