import { type BucketMixRequest, checkMix, type Mix, mixCost, parseMixRequest, type ServiceMix, usd } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mixMachines } from "./mix-machines.ts";
import { defaultBackends } from "./solve/backends.ts";

const tools = { backends: defaultBackends, nowMs: () => 0 };

const mixOf = async (request: unknown): Promise<Mix> => {
  const parsed = parseMixRequest(request);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join());
  const outcome = await mixMachines(parsed.value, tools);
  if (!outcome.ok || "replicas" in outcome.value) throw new Error("the request is of buckets and can be answered");
  return outcome.value;
};

/** Two machine types and four buckets, as in the Mélange example. */
const request = (change: Partial<BucketMixRequest> = {}): BucketMixRequest => ({
  machines: [
    {
      id: "small",
      usdPerHour: 1.01,
      requestsPerSecond: [
        [2, 1],
        [5, 2],
      ],
    },
    {
      id: "large",
      usdPerHour: 3.67,
      requestsPerSecond: [
        [20, 20],
        [40, 20],
      ],
    },
  ],
  demand: {
    distribution: [
      [0.2, 0.1],
      [0.5, 0.2],
    ],
    requestRatePerSecond: 30,
  },
  ...change,
});

const most = 6;

/** The least cost over all counts up to six of each machine, by trying them all. */
const bruteForce = (asked: BucketMixRequest): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let small = 0; small <= most; small++) {
    for (let large = 0; large <= most; large++) {
      const cost = small * Number(asked.machines[0]?.usdPerHour) + large * Number(asked.machines[1]?.usdPerHour);
      if (cost < best && carries(asked, [small, large])) best = cost;
    }
  }
  return best;
};

/** With two machines the best routing gives each bucket to the first in order of its relative advantage. */
const carries = ({ machines, demand }: BucketMixRequest, [first = 0, second = 0]: readonly number[]): boolean => {
  const buckets = demand.distribution
    .flatMap((shares, row) =>
      shares.map((share, column) => ({
        work: share * demand.requestRatePerSecond,
        rates: machines.map(({ requestsPerSecond }) => requestsPerSecond[row]?.[column] ?? 0),
      })),
    )
    .filter(({ work }) => work > 0)
    .toSorted((a, b) => (b.rates[0] ?? 0) / (b.rates[1] ?? 1) - (a.rates[0] ?? 0) / (a.rates[1] ?? 1));
  let free = first;
  let onSecond = 0;
  for (const { work, rates } of buckets) {
    const taken = Math.min(work, free * (rates[0] ?? 0));
    free -= taken / (rates[0] ?? 1);
    onSecond += (work - taken) / (rates[1] ?? 1);
  }
  return onSecond <= second + 1e-9;
};

describe("buckets", () => {
  it("finds the proven optimum and routes every bucket in full", async () => {
    const mix = await mixOf(request());
    expect(mix).toMatchObject({ status: "optimal", usdPerHour: "4.68", counts: { small: 1, large: 1 }, proof: { gap: 0, verified: true } });
    expect(checkMix(request(), mix, usd("4.68"))).toEqual([]);
  });

  it("agrees with trying every count", async () => {
    const rate = fc.integer({ min: 1, max: 30 });
    const rates = fc.tuple(fc.tuple(rate, rate), fc.tuple(rate, rate));
    const price = fc.integer({ min: 1, max: 20 });
    const share = fc.integer({ min: 0, max: 5 });
    const drawn = fc.record({ a: rates, b: rates, priceA: price, priceB: price, shares: fc.tuple(share, share, share, share) });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ a, b, priceA, priceB, shares: [p, q, r, s] }) => {
        fc.pre(p + q + r + s > 0);
        const asked = request({
          machines: [
            { id: "small", usdPerHour: priceA, requestsPerSecond: a.map((row) => [...row]) },
            { id: "large", usdPerHour: priceB, requestsPerSecond: b.map((row) => [...row]) },
          ],
          demand: {
            distribution: [
              [p, q],
              [r, s],
            ],
            requestRatePerSecond: 1,
          },
        });
        const expected = bruteForce(asked);
        const mix = await mixOf(asked);
        const withinReach = Object.values(mix.counts).every((count) => count <= most);
        if (withinReach) expect(Number(mix.usdPerHour)).toBeCloseTo(expected, 6);
        else expect(Number(mix.usdPerHour)).toBeLessThan(expected + 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    { name: "whole buckets", change: { routing: "whole-buckets" as const }, cost: "6.70" },
    { name: "four slices each", change: { routing: "whole-buckets" as const, slicesPerBucket: 4 }, cost: "5.69" },
  ])("$name cost $cost", async ({ change, cost }) => {
    const mix = await mixOf(request(change));
    expect(mix.usdPerHour).toBe(cost);
    expect(checkMix(request(change), mix, usd(cost))).toEqual([]);
  });

  it("keeps to what can be had", async () => {
    const limited = request({ machines: request().machines.map((machine) => ({ ...machine, max: machine.id === "large" ? 0 : 100 })) });
    const mix = await mixOf(limited);
    expect(mix.counts.large).toBeUndefined();
    expect(mixCost(limited, mix.counts)).toBe(usd(mix.usdPerHour ?? 0));
  });

  it("says why there is none", async () => {
    const mix = await mixOf(
      request({
        machines: [
          {
            id: "small",
            usdPerHour: 1,
            requestsPerSecond: [
              [0, 1],
              [1, 1],
            ],
          },
        ],
      }),
    );
    expect(mix).toMatchObject({
      status: "infeasible",
      usdPerHour: null,
      explanation: { text: ["No mix exists: no machine may serve bucket 0,0."] },
    });
  });

  it.each([
    {
      name: "another shape of rates",
      change: { machines: [{ id: "small", usdPerHour: 1, requestsPerSecond: [[1]] }] },
      pointer: "/machines/0/requestsPerSecond",
    },
    { name: "one id twice", change: { machines: [request().machines[0], request().machines[0]] }, pointer: "/machines/1/id" },
    {
      name: "no demand",
      change: {
        demand: {
          distribution: [
            [0, 0],
            [0, 0],
          ],
          requestRatePerSecond: 1,
        },
      },
      pointer: "/demand/distribution",
    },
  ])("refuses $name", async ({ change, pointer }) => {
    const parsed = parseMixRequest({ ...request(), ...change });
    expect(parsed.ok && (await mixMachines(parsed.value, tools))).toMatchObject({ ok: false, errors: [{ pointer }] });
  });

  it("answers or refuses whatever is asked, at every magnitude", async () => {
    const extreme = fc.constantFrom(0, 1e-9, 1e-6, 1e-3, 1, 7, 1e3, 1e6, 1e9);
    const matrix = fc.tuple(fc.tuple(extreme, extreme));
    const machine = fc.record({
      usdPerHour: fc.constantFrom(0, 0.000001, 1, 1e9),
      requestsPerSecond: matrix,
      max: fc.constantFrom(0, 1, 1e6),
    });
    const asked = fc.record({
      machines: fc.array(machine, { minLength: 1, maxLength: 3 }).map((list) => list.map((each, index) => ({ id: `m${index}`, ...each }))),
      demand: fc.record({ distribution: matrix, requestRatePerSecond: extreme }),
      routing: fc.constantFrom("divisible", "whole-buckets"),
    });
    await fc.assert(
      fc.asyncProperty(asked, async (input) => {
        const parsed = parseMixRequest(input);
        const outcome = parsed.ok ? await mixMachines(parsed.value, tools) : parsed;
        if (!outcome.ok) expect(outcome.errors.length).toBeGreaterThan(0);
        else expect(["optimal", "feasible", "infeasible"]).toContain(outcome.value.status);
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the order of the machines", async () => {
    const [a, b] = [await mixOf(request()), await mixOf(request({ machines: request().machines.toReversed() }))];
    expect(b).toMatchObject({ usdPerHour: a.usdPerHour, counts: a.counts });
  });
});

describe("services over one stock", () => {
  const services = (change: object = {}) => ({
    services: [
      {
        name: "chat",
        requestRatePerSecond: 1,
        options: [
          { id: "1xA", machine: "A", machinesPerReplica: 1, usdPerHourPerReplica: 0.4, requestsPerSecondPerReplica: 0.3 },
          { id: "4xA", machine: "A", machinesPerReplica: 4, usdPerHourPerReplica: 1.5, requestsPerSecondPerReplica: 1.3 },
          { id: "1xB", machine: "B", machinesPerReplica: 1, usdPerHourPerReplica: 0.25, requestsPerSecondPerReplica: 0.4 },
        ],
      },
      {
        name: "code",
        requestRatePerSecond: 2,
        options: [{ id: "1xB", machine: "B", machinesPerReplica: 1, usdPerHourPerReplica: 0.25, requestsPerSecondPerReplica: 0.5 }],
      },
    ],
    ...change,
  });
  const answerTo = async (asked: object): Promise<ServiceMix> => {
    const parsed = parseMixRequest(asked);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const outcome = await mixMachines(parsed.value, tools);
    if (!outcome.ok || !("replicas" in outcome.value)) throw new Error("the request is of services and can be answered");
    return outcome.value;
  };

  it("serves each with the cheapest options", async () => {
    expect(await answerTo(services())).toMatchObject({
      status: "optimal",
      usdPerHour: "1.75",
      replicas: { chat: { "1xB": 3 }, code: { "1xB": 4 } },
      machinesUsed: { B: 7 },
    });
  });

  it("shares a short stock", async () => {
    const mix = await answerTo(services({ stock: { B: 5 } }));
    expect(mix).toMatchObject({ status: "optimal", machinesUsed: { B: 5 } });
    expect(Number(mix.usdPerHour)).toBeCloseTo(2.05, 9);
  });

  it("keeps each service to one option where asked", async () => {
    const mix = await answerTo(services({ stock: { B: 5 }, optionsPerService: "one" }));
    expect(Object.values(mix.replicas).every((options) => Object.keys(options).length === 1)).toBe(true);
  });

  it("says when the stock does not suffice", async () => {
    expect(await answerTo(services({ stock: { A: 0, B: 2 } }))).toMatchObject({
      status: "infeasible",
      machinesUsed: { B: 2 },
      unserved: [
        { service: "chat", requestRatePerSecond: 0.2 },
        { service: "code", requestRatePerSecond: 2 },
      ],
    });
  });

  it("serves whoever comes first in priority when the stock does not suffice", async () => {
    const asked = services({ stock: { A: 0, B: 5 } });
    const [chat, code] = asked.services;
    const mix = await answerTo({
      ...asked,
      services: [
        { ...chat, priority: 2 },
        { ...code, priority: 1 },
      ],
    });
    expect(mix).toMatchObject({
      replicas: { chat: { "1xB": 1 }, code: { "1xB": 4 } },
      unserved: [{ service: "chat", requestRatePerSecond: 0.6 }],
    });
  });
});
