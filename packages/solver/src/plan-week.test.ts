import { checkPlan, type Plan, type PlanRequest, planDocument, verificationOf } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFor } from "./fakes/plan-for.ts";
import { catalogOf, type OfferRow } from "./fakes/price-list.ts";

/** So much that a fleet of single L4 has dozens of them. */
const week = (rateOf: (hour: number) => number): PlanRequest["services"][number] => ({
  name: "chat",
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
    requestRatePerSecond: { hourOfWeek: Array.from({ length: 168 }, (_, hour) => rateOf(hour)) },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const busyDays = (hour: number): number => (hour % 24 < 8 ? 4 : 4 + ((hour % 24) - 7));

const atHour = ({ instances }: Plan["lines"][number], hour: number): number =>
  typeof instances === "number" ? instances : (instances.hourOfWeek[hour] ?? 0);

const market: readonly OfferRow[] = [
  { type: "l4x1", usd: 0.8 },
  { type: "l4x1", usd: 0.3, capacityType: "spot" },
  { type: "l4x1", usd: 0.5, capacityType: "reserved" },
  { type: "h200x8", usd: 28 },
];

describe("a week", () => {
  it("is planned hour by hour, in the contract's shape, within its bound, and passes the check by itself", async () => {
    const plan = await planFor({ services: [week(busyDays)] }, catalogOf(market));
    expect(planDocument.safeParse(JSON.parse(JSON.stringify(plan))).error).toBeUndefined();
    expect(verificationOf(checkPlan(JSON.parse(JSON.stringify(plan))))).toEqual({ holds: true, violations: [] });
    expect(plan.demandMet).toHaveLength(168);
    expect(plan.proof.gap).toBeLessThan(0.1);
    expect(plan.lines.some(({ instances }) => typeof instances === "object")).toBe(true);
  });

  it("keeps commitments the same in every hour and spot within its share of every hour", async () => {
    const plan = await planFor({ services: [week(busyDays)] }, catalogOf(market));
    for (const line of plan.lines) if (line.capacityType === "reserved") expect(typeof line.instances).toBe("number");
    for (let hour = 0; hour < 168; hour++) {
      const all = plan.lines.reduce((sum, line) => sum + atHour(line, hour) * line.acceleratorsPerInstance, 0);
      const spot = plan.lines.reduce(
        (sum, line) => (line.capacityType === "spot" ? sum + atHour(line, hour) * line.acceleratorsPerInstance : sum),
        0,
      );
      expect(spot).toBeLessThanOrEqual(all / 2);
    }
  });

  it("gives a constant week the lines of a constant rate", async () => {
    const weekly = await planFor({ services: [week(() => 9)] }, catalogOf(market));
    const [service] = weekly.request.services;
    const constant = service && { ...service, demand: { ...service.demand, requestRatePerSecond: 9 } };
    const plan = await planFor({ services: constant ? [constant] : [] }, catalogOf(market));
    expect(weekly.lines).toEqual(plan.lines);
  });

  it("buys nothing by the hour in hours without requests", async () => {
    const plan = await planFor(
      { services: [week((hour) => (hour < 24 ? 20 : 0))], purchase: { capacityTypes: ["on-demand"] } },
      catalogOf(market),
    );
    expect(plan.lines.every((line) => atHour(line, 100) === 0)).toBe(true);
    expect(plan.routing.every(({ hour }) => hour === undefined || hour < 24)).toBe(true);
  });

  it("buys the n-th commitment exactly when the share of hours that need it exceeds the price ratio", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 168, maxLength: 168 }),
        fc.integer({ min: 10, max: 90 }),
        async (rates, cents) => {
          const reserved = cents / 100;
          const rows: OfferRow[] = [
            { type: "l4x1", usd: 1 },
            { type: "l4x1", usd: reserved, capacityType: "reserved" },
          ];
          const plan = await planFor({ services: [week((hour) => rates[hour] ?? 0)] }, catalogOf(rows));
          const needed = Array.from({ length: 168 }, (_, hour) => plan.lines.reduce((sum, line) => sum + atHour(line, hour), 0));
          const committed = plan.lines.reduce((sum, line) => (line.capacityType === "reserved" ? sum + Number(line.instances) : sum), 0);
          const shareNeeding = (n: number) => needed.filter((count) => count >= n).length / 168;
          if (committed > 0) expect(shareNeeding(committed)).toBeGreaterThanOrEqual(reserved - 1e-9);
          expect(shareNeeding(committed + 1)).toBeLessThanOrEqual(reserved + 1e-9);
          expect(plan.proof.gap).toBeLessThan(0.01);
        },
      ),
      { numRuns: 6 },
    );
  }, 60_000);

  it("buys a commitment that costs as much as the hours that need it, or not, at the same cost", async () => {
    const rows: OfferRow[] = [
      { type: "l4x1", usd: 1 },
      { type: "l4x1", usd: 0.5, capacityType: "reserved" },
    ];
    const halfTheHours = await planFor({ services: [week((hour) => (hour < 84 ? 20 : 0))], limits: { gap: 0 } }, catalogOf(rows));
    const most = Math.max(
      ...Array.from({ length: 168 }, (_, hour) => halfTheHours.lines.reduce((sum, line) => sum + atHour(line, hour), 0)),
    );
    expect(Number(halfTheHours.cost?.usdPerHour)).toBeCloseTo(most / 2, 6);
    expect(halfTheHours.proof.gap).toBe(0);
  });

  it("reads hours in the zone they are asked in", async () => {
    const service = week((hour) => (hour === 9 ? 20 : 1));
    const rate = service.demand.requestRatePerSecond;
    const zoned = {
      ...service,
      demand: { ...service.demand, requestRatePerSecond: { ...(rate as object), timeZone: "Europe/Berlin" } },
    } as typeof service;
    const plan = await planFor({ services: [zoned], purchase: { capacityTypes: ["on-demand"] } }, catalogOf(market));
    expect(plan.demandMet.find(({ hour }) => hour === 9)?.requiredRequestsPerSecond).toBe(20);
    const other = { ...service, name: "other" };
    const both = await planFor({ services: [zoned, other], purchase: { capacityTypes: ["on-demand"] } }, catalogOf(market));
    const peak = (name: string) => both.demandMet.find((met) => met.service === name && met.requiredRequestsPerSecond === 20)?.hour;
    expect([peak("chat"), peak("other")]).toEqual([8, 9]);
  });

  it("carries growth and bursts", async () => {
    const rows = catalogOf([{ type: "l4x1", usd: 1 }]);
    const constant = { ...week(() => 9), demand: { ...week(() => 9).demand, requestRatePerSecond: 9 } };
    const most = (plan: Plan) => Math.max(...plan.demandMet.map(({ requiredRequestsPerSecond }) => requiredRequestsPerSecond));
    const grown = { ...constant, demand: { ...constant.demand, growthPerMonth: 0.02 } };
    expect(most(await planFor({ services: [grown] }, rows))).toBeCloseTo(9 * 1.02 ** 11, 4);
    const burst = { ...constant, demand: { ...constant.demand, burst: { factor: 2, hoursPerMonth: 10 } } };
    const plan = await planFor({ services: [burst] }, rows);
    expect(plan.demandMet.filter(({ requiredRequestsPerSecond }) => requiredRequestsPerSecond > 17)).toHaveLength(3);
  });
});

describe("rules", () => {
  it("keeps a spare instance where one may be lost, and a spare zone", async () => {
    const rows: OfferRow[] = [
      { type: "l4x1", usd: 0.8 },
      { type: "l4x1", usd: 0.9, region: "there" },
      { type: "l4x1", usd: 0.3, capacityType: "spot" },
    ];
    const counts = async (survive: "nothing" | "one-instance" | "one-zone") => {
      const plan = await planFor(
        {
          services: [{ ...week(() => 9), demand: { ...week(() => 9).demand, requestRatePerSecond: 9 } }],
          purchase: { survive, spotMaxShare: 0 },
        },
        catalogOf(rows),
      );
      return plan.lines.map(({ region, instances }) => [region, instances]);
    };
    const [[, needed] = []] = await counts("nothing");
    expect(await counts("one-instance")).toEqual([["here", Number(needed) + 1]]);
    expect(await counts("one-zone")).toEqual([
      ["here", needed],
      ["there", needed],
    ]);
  });

  it("plans a week that survives an instance", async () => {
    const plan = await planFor({ services: [week(busyDays)], purchase: { survive: "one-instance" } }, catalogOf(market));
    expect(plan.lines.every(({ capacityType }) => capacityType !== "spot")).toBe(true);
    expect(plan.proof.checks).toContainEqual({ rule: "survival", holds: true });
    const binding = plan.explanation.bindingConstraints.find(({ constraint }) => constraint.startsWith("survival of one instance"));
    expect(Number(binding?.usdPerHourOfOneMore)).toBeLessThan(0);
  });

  it("takes no more of an offer than there is", async () => {
    const rows: OfferRow[] = [
      { type: "l4x1", usd: 0.5, stock: 3 },
      { type: "l4x1", usd: 0.8, region: "there" },
    ];
    const plan = await planFor({ services: [week(busyDays)], purchase: { capacityTypes: ["on-demand"] } }, catalogOf(rows));
    const scarce = plan.lines.filter(({ region }) => region === "here");
    expect(scarce.every((line) => Math.max(...Array.from({ length: 168 }, (_, hour) => atHour(line, hour))) <= 3)).toBe(true);
  });

  it("runs owned servers first and counts what buying one costs", async () => {
    const constant = { ...week(() => 9), demand: { ...week(() => 9).demand, requestRatePerSecond: 9 } };
    const owned = { accelerator: "l4", acceleratorsPerServer: 1, servers: 2, serverUsd: 5000 };
    const installed = await planFor(
      { services: [constant], market: { owned: [{ ...owned, installedAt: "2025-01-01" }] } },
      catalogOf(market),
    );
    expect(installed.lines.find(({ capacityType }) => capacityType === "owned")).toMatchObject({ provider: "owned", instances: 2 });
    const price = (plan: Plan) => Number(plan.lines.find(({ capacityType }) => capacityType === "owned")?.usdPerInstanceHour);
    const bought = await planFor(
      { services: [constant], market: { owned: [owned] }, purchase: { capacityTypes: ["owned", "on-demand"] } },
      catalogOf(market),
    );
    expect(price(bought) - price(installed)).toBeCloseTo(5000 / 5 / 8760, 5);
  });

  it("keeps what is in force where switching costs more than it saves", async () => {
    const constant = { ...week(() => 9), demand: { ...week(() => 9).demand, requestRatePerSecond: 9 } };
    const before = await planFor(
      { services: [constant], purchase: { capacityTypes: ["on-demand"] } },
      catalogOf([{ type: "l4x1", usd: 0.8 }]),
    );
    const cheaper = catalogOf([
      { type: "l4x1", usd: 0.8 },
      { type: "l4x1", usd: 0.79, region: "there" },
    ]);
    const again = (switchingUsdPerInstance: number) =>
      planFor(
        {
          services: [constant],
          purchase: { capacityTypes: ["on-demand"] },
          current: JSON.parse(JSON.stringify(before)),
          switchingUsdPerInstance,
        },
        cheaper,
      );
    const dear = await again(1000);
    expect(dear.lines.map(({ region }) => region)).toEqual(["here"]);
    expect(dear.cost?.usdSwitching).toBe("0.00");
    expect(dear.explanation.baselines.current).toBe(before.cost?.usdPerHour);
    const cheap = await again(0.01);
    expect(cheap.lines.map(({ region }) => region)).toEqual(["there"]);
  });
});

describe("training jobs", () => {
  const job = {
    name: "fine-tune",
    model: { id: "meta-llama/Llama-3.1-8B" },
    sequenceLength: 4096,
    microBatchSize: 1,
    globalBatchSize: 64,
    tokens: 2e9,
  };
  const constant = { ...week(() => 9), demand: { ...week(() => 9).demand, requestRatePerSecond: 9 } };

  it("are placed on the cheapest machines that meet the deadline, and pass the check", async () => {
    const slow = await planFor({ services: [constant], trainingJobs: [job] }, catalogOf(market));
    const line = slow.lines.find(({ training }) => training !== undefined);
    expect(line).toMatchObject({ for: "fine-tune", accelerator: "h200-sxm", capacityType: "on-demand" });
    expect(verificationOf(checkPlan(JSON.parse(JSON.stringify(slow))))).toEqual({ holds: true, violations: [] });
    const days = line?.training?.days ?? 0;
    const fast = await planFor({ services: [constant], trainingJobs: [{ ...job, deadlineDays: days * 0.6 }] }, catalogOf(market));
    expect(fast.lines.find(({ training }) => training !== undefined)?.training?.days).toBeLessThanOrEqual(days * 0.6);
  });

  it("need no service beside them", async () => {
    const plan = await planFor({ services: [], trainingJobs: [job] }, catalogOf(market));
    expect(plan).toMatchObject({ status: "optimal", demandMet: [], routing: [], explanation: { throughputMayFallBy: null } });
    expect(plan.lines).toMatchObject([{ for: "fine-tune", training: { source: expect.any(String) }, needs: { storageGib: 120 } }]);
    expect(plan.lines[0]?.predicted).toBeUndefined();
    expect(plan.lines[0]?.needs.hostMemoryGib).toBeUndefined();
  });

  it("are refused by name where nothing meets the deadline", async () => {
    await expect(planFor({ services: [constant], trainingJobs: [{ ...job, deadlineDays: 0.001 }] }, catalogOf(market))).rejects.toThrow(
      "/trainingJobs/0",
    );
  });
});
