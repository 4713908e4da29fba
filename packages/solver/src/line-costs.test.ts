import {
  type Catalog,
  checkPlan,
  type Plan,
  type PlanRequest,
  parseRequest,
  planRequest,
  readCatalog,
  verificationOf,
} from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";

interface OfferRow {
  readonly provider: string;
  readonly usd: number;
  readonly capacityType?: "on-demand" | "reserved";
  readonly hostMemoryGib?: number;
}

const catalogOf = (rows: readonly OfferRow[]): Catalog => {
  const outcome = readCatalog({
    id: "test",
    asOf: "2026-07-30",
    description: "for tests",
    instanceTypes: rows.map(({ provider, hostMemoryGib = 64 }) => ({
      provider,
      source: "made up",
      name: `l4-of-${provider}`,
      accelerator: "l4",
      accelerators: 1,
      hostMemoryGib,
      network: "ethernet",
    })),
    offers: rows.map(({ provider, usd, capacityType = "on-demand" }) => ({
      id: provider,
      provider,
      instanceType: `l4-of-${provider}`,
      region: "here",
      capacityType,
      ...(capacityType === "reserved" ? { term: "1y" } : {}),
      usdPerInstanceHour: usd,
      trust: "list",
      source: "made up",
      date: "2026-07-01",
    })),
    notForSale: [],
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const two = catalogOf([
  { provider: "near", usd: 0.8 },
  { provider: "far", usd: 0.81 },
]);

type Surcharges = NonNullable<PlanRequest["market"]>["surcharges"];
type Rate = PlanRequest["services"][number]["demand"]["requestRatePerSecond"];

const week = (low: number, high: number): Rate => ({
  hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? low : high)),
});

const request = (surcharges?: Surcharges, rate: Rate = 5, more: Partial<PlanRequest> = {}): PlanRequest => ({
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
      slo: { ttftMs: 4000, tpotMs: 100 },
    },
  ],
  ...(surcharges === undefined ? {} : { market: { surcharges } }),
  ...more,
});

const planned = (asked: PlanRequest, catalog: Catalog) => {
  const parsed = parseRequest(planRequest, asked);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const input = { request: parsed.value, catalog, version: "test", newId: () => "plan_test" };
  return planFleet(input, strictTools);
};

const planOf = async (asked: PlanRequest, catalog = two): Promise<Plan> => {
  const outcome = await planned(asked, catalog);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return JSON.parse(JSON.stringify(outcome.value));
};

const providersOf = ({ lines }: Plan): string[] => [...new Set(lines.map(({ provider }) => provider))].toSorted();
const costOf = ({ cost }: Plan): number => Number(cost?.usdPerHour);

describe("storage", () => {
  it("is not priced unless the request gives prices, and the plan says so", async () => {
    const plan = await planOf(request());
    expect(plan.lines[0]).toMatchObject({ usdPerInstanceHour: "0.80", needs: { storageGib: 15 } });
    expect(plan.lines[0]).not.toHaveProperty("priceParts");
    expect(plan.cost).not.toHaveProperty("parts");
    expect(plan.assumptions.storage).toContain("not priced");
    expect(plan.assumptions.egress).toContain("not priced");
  });

  it("loses a provider the fleet that its instances alone would win", async () => {
    expect(providersOf(await planOf(request()))).toEqual(["near"]);
    const dear = { providers: [{ provider: "near", storageUsdPerGibMonth: 1 }] };
    expect(providersOf(await planOf(request(dear)))).toEqual(["far"]);
  });

  it("stands in the price of an instance-hour to the micro-dollar, and the cost is instances × that price", async () => {
    const plan = await planOf(request({ storageUsdPerGibMonth: "0.10" }));
    // 15 GiB · 0.10 USD / 730 hours
    expect(plan.lines[0]).toMatchObject({
      usdPerInstanceHour: "0.802055",
      priceParts: { listUsdPerInstanceHour: "0.80", storageUsdPerInstanceHour: "0.002055" },
    });
    const sum = plan.lines.reduce((all, line) => all + Number(line.instances) * Math.round(Number(line.usdPerInstanceHour) * 1e6), 0);
    expect(Math.round(costOf(plan) * 1e6)).toBe(sum);
    const { listUsdPerHour, storageUsdPerHour, egressUsdPerHour } = plan.cost?.parts ?? {};
    expect(Math.round((Number(listUsdPerHour) + Number(storageUsdPerHour)) * 1e6)).toBe(sum);
    expect(egressUsdPerHour).toBe("0.00");
  });

  it("is owed no longer than the instance is used", async () => {
    const reserved = catalogOf([{ provider: "near", usd: 0.5, capacityType: "reserved" }]);
    const purchase = { horizonHours: 4380, commitmentTerms: ["1y" as const] };
    const owed = async (surcharges?: Surcharges) =>
      (await planOf(request(surcharges, 5, { purchase }), reserved)).cost?.usdCommittedBeyondHorizon;
    expect(await owed({ storageUsdPerGibMonth: 1 })).toBe(await owed());
  });

  it("prices × k give cost × k, storage and all", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 4 }), async (factor, rate) => {
        const at = (k: number) =>
          planOf(
            request({ storageUsdPerGibMonth: 0.073 * k }, rate),
            catalogOf([
              { provider: "near", usd: 0.8 * k },
              { provider: "far", usd: 0.7 * k },
            ]),
          );
        expect(costOf(await at(factor))).toBeCloseTo(factor * costOf(await at(1)), 6);
      }),
      { numRuns: 5 },
    );
  });
});

describe("egress", () => {
  it("adds to the cost what the answers weigh, exactly, and leaves the proof as it was", async () => {
    const [without, plan] = [await planOf(request()), await planOf(request({ egressUsdPerGib: 0.09 }))];
    // 5 requests a second · 200 tokens · 300 bytes · 3600 s / 2^30 = 1.005828 GiB an hour
    expect(plan.lines[0]?.egress).toEqual({ gibPerHour: 1.005828, usdPerGib: "0.09", usdPerHour: "0.090525" });
    expect(costOf(plan)).toBeCloseTo(costOf(without) + 0.090525, 6);
    expect(plan).toMatchObject({ status: "optimal", proof: { gap: without.proof.gap } });
  });

  it("loses a provider the fleet that its instances alone would win", async () => {
    const plan = await planOf(request({ providers: [{ provider: "near", egressUsdPerGib: 0.3 }] }));
    expect(providersOf(plan)).toEqual(["far"]);
    expect(plan.status).toBe("optimal");
  });

  it.each([
    { name: "a constant rate", rate: 8 as Rate },
    { name: "a week", rate: week(3, 9) },
    { name: "people", rate: { users: 400, concurrentShare: 0.05, thinkSeconds: 5 } as Rate },
  ])("of $name costs no less than is proved", async ({ rate }) => {
    const surcharges = { providers: [{ provider: "near", egressUsdPerGib: 0.12 }] };
    const plan = await planOf(request(surcharges, rate));
    expect(Number(plan.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(costOf(plan));
    for (const provider of ["near", "far"]) {
      const alone = await planOf(request(surcharges, rate, { market: { surcharges, providers: [provider] } }));
      expect(Number(plan.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(costOf(alone));
    }
  });

  it("is weighed exactly against the machines where the demand is constant", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          near: fc.integer({ min: 40, max: 90 }),
          far: fc.integer({ min: 40, max: 90 }),
          egress: fc.integer({ min: 0, max: 60 }),
          rate: fc.integer({ min: 1, max: 20 }),
        }),
        async ({ near, far, egress, rate }) => {
          const catalog = catalogOf([
            { provider: "near", usd: near / 100 },
            { provider: "far", usd: far / 100 },
          ]);
          const surcharges = { providers: [{ provider: "near", egressUsdPerGib: egress / 100 }] };
          const plan = await planOf(request(surcharges, rate, { limits: { gap: 0 } }), catalog);
          const line = plan.lines[0];
          const perInstance = line?.predicted?.requestsPerSecondPerReplica.question ?? 0;
          const usdOfRate = (share: number) => ((share * 200 * 300 * 3600) / 2 ** 30) * (egress / 100);
          let least = Number.POSITIVE_INFINITY;
          for (let bought = 0; bought <= Math.ceil(rate / perInstance); bought++) {
            const rest = Math.max(0, Math.ceil((rate - bought * perInstance) / perInstance - 1e-9));
            const onNear = Math.max(0, rate - rest * perInstance);
            least = Math.min(least, (bought * near + rest * far) / 100 + usdOfRate(Math.min(onNear, bought * perInstance)));
          }
          expect(costOf(plan)).toBeCloseTo(least, 4);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it("passes the check whatever disks and networks cost, over hours, classes and people", async () => {
    const cents = fc.integer({ min: 0, max: 60 });
    const drawn = fc.record({
      prices: fc.tuple(fc.integer({ min: 40, max: 90 }), fc.integer({ min: 40, max: 90 }), fc.integer({ min: 20, max: 60 })),
      egress: fc.tuple(cents, cents, cents),
      storage: cents,
      essays: fc.constantFrom(0, 0.4),
      rate: fc.constantFrom<Rate>(6, week(2, 11), { users: 300, concurrentShare: 0.1, thinkSeconds: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ prices, egress, storage, essays, rate }) => {
        const names = ["near", "far", "bound"];
        const rows = names.map((provider, at) => ({
          provider,
          usd: (prices[at] ?? 0) / 100,
          capacityType: provider === "bound" ? ("reserved" as const) : ("on-demand" as const),
        }));
        const providers = names.map((provider, at) => ({ provider, egressUsdPerGib: (egress[at] ?? 0) / 100 }));
        const [service] = request(undefined, rate).services;
        const classes = [
          { name: "question", islTokens: 1000, oslTokens: 200, share: 1 - essays },
          { name: "essay", islTokens: 300, oslTokens: 900, share: essays },
        ].filter(({ share }) => share > 0);
        const services = service ? [{ ...service, demand: { ...service.demand, classes } }] : [];
        const market = { surcharges: { storageUsdPerGibMonth: storage / 100, providers } };
        const plan = await planOf({ services, market }, catalogOf(rows));
        expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it("counts against the budget", async () => {
    const machines = costOf(await planOf(request()));
    const limits = { budgetUsdPerMonth: Math.round((machines + 0.05) * 730) };
    expect((await planOf(request(undefined, 5, { limits }))).status).toBe("optimal");
    expect((await planOf(request({ egressUsdPerGib: 0.09 }, 5, { limits }))).status).toBe("infeasible");
  });

  it("leaves a request that nothing meets without a plan, and says why", async () => {
    const [service] = request().services;
    const services = service ? [{ ...service, slo: { ttftMs: 0.01 } }] : [];
    const plan = await planOf({ services, market: { surcharges: { egressUsdPerGib: 0.09 } } });
    expect(plan.status).toBe("infeasible");
    expect(plan.explanation.rejections[0]).toMatchObject({ code: "ttft" });
  });

  it("of several classes over networks at two prices is routed in full and proved", async () => {
    const [service] = request().services;
    const classes = [
      { name: "question", islTokens: 1000, oslTokens: 200, share: 0.7 },
      { name: "essay", islTokens: 300, oslTokens: 900, share: 0.3 },
    ];
    const services = service ? [{ ...service, demand: { ...service.demand, classes } }] : [];
    const surcharges = { providers: [{ provider: "near", egressUsdPerGib: 0.05 }] };
    const plan = await planOf({ services, market: { surcharges, quotas: [{ instanceType: "l4-of-far", max: 2 }] } });
    expect(providersOf(plan)).toEqual(["far", "near"]);
    expect(plan.status).toBe("optimal");
    expect(Number(plan.cost?.parts?.egressUsdPerHour)).toBeGreaterThan(0);
  });

  it("of a streamed token is about one event of the OpenAI API, framed", () => {
    const chunk = {
      id: `chatcmpl-${"0".repeat(32)}`,
      object: "chat.completion.chunk",
      created: 1_790_000_000,
      model: "meta-llama/Llama-3.1-8B",
      choices: [{ index: 0, delta: { content: " word" }, logprobs: null, finish_reason: null }],
    };
    const [httpChunk, tlsRecord] = [6, 29];
    const bytes = `data: ${JSON.stringify(chunk)}\n\n`.length + httpChunk + tlsRecord;
    expect(Math.abs(bytes - 300) / 300).toBeLessThan(0.15);
  });
});

describe("the host", () => {
  it("is refused below what an engine takes, with both figures", async () => {
    const plan = await planOf(
      request(),
      catalogOf([
        { provider: "near", usd: 0.1, hostMemoryGib: 4 },
        { provider: "far", usd: 0.81 },
      ]),
    );
    expect(providersOf(plan)).toEqual(["far"]);
    const none = await planOf(request(), catalogOf([{ provider: "near", usd: 0.1, hostMemoryGib: 4 }]));
    expect(none.status).toBe("infeasible");
    expect(none.explanation.rejections[0]).toMatchObject({ code: "host-memory", required: 6, available: 4, unit: "GiB of host memory" });
  });

  it.each([
    { hostMemoryGib: 16, hostMemory: "tight" },
    { hostMemoryGib: 64, hostMemory: "enough" },
  ])("is told to be $hostMemory with $hostMemoryGib GiB", async ({ hostMemoryGib, hostMemory }) => {
    const plan = await planOf(request(), catalogOf([{ provider: "near", usd: 0.8, hostMemoryGib }]));
    expect(plan.lines[0]?.has).toEqual({ hostMemoryGib, hostMemory, network: "ethernet" });
  });
});

describe("what the accelerators keep in host memory", () => {
  const [service] = request().services;
  const halfOfTheCache = { services: service ? [{ ...service, engine: { hostOffload: { kvCache: 0.5 } } }] : [] };

  it("is refused where no host has room for it", async () => {
    const plan = await planOf(halfOfTheCache, catalogOf([{ provider: "near", usd: 0.8, hostMemoryGib: 8 }]));
    const [rejection] = plan.explanation.rejections;
    expect(rejection).toMatchObject({ code: "host-memory", available: 8, detail: expect.stringContaining("GiB in host memory") });
    expect(rejection?.required).toBeGreaterThan(8);
  });

  it("chooses the hosts that have", async () => {
    const hosts = catalogOf([
      { provider: "near", usd: 0.8, hostMemoryGib: 8 },
      { provider: "far", usd: 0.81, hostMemoryGib: 32 },
    ]);
    const plan = await planOf(halfOfTheCache, hosts);
    expect(providersOf(plan)).toEqual(["far"]);
    expect(plan.lines[0]?.needs.hostMemoryGib).toBeGreaterThan(20);
    const offers = plan.offers.map((offer) => ({ ...offer, hostMemoryGib: 8 }));
    expect(verificationOf(checkPlan({ ...plan, offers })).violations.map(({ rule }) => rule)).toContain("host");
  });
});

describe("the check", () => {
  const surcharges = { storageUsdPerGibMonth: "0.10", providers: [{ provider: "near", egressUsdPerGib: "0.09" }] };
  const change = (of: (line: Plan["lines"][number]) => object) => (plan: Plan) => ({
    ...plan,
    lines: plan.lines.map((line) => ({ ...line, ...of(line) })),
  });

  it.each([
    { name: "a price without its storage", rule: "price", by: change(() => ({ usdPerInstanceHour: "0.80" })) },
    { name: "parts left out", rule: "price", by: change(() => ({ priceParts: undefined })) },
    {
      name: "another share of storage",
      rule: "price",
      by: change(() => ({ priceParts: { listUsdPerInstanceHour: "0.802055", storageUsdPerInstanceHour: "0.00" } })),
    },
    { name: "egress left out", rule: "egress", by: change(() => ({ egress: undefined })) },
    {
      name: "less egress",
      rule: "egress",
      by: change(({ egress }) => ({ egress: { ...egress, usdPerHour: "0.01" } })),
    },
    { name: "another host", rule: "host", by: change(({ has }) => ({ has: { ...has, hostMemoryGib: 640 } })) },
    {
      name: "a host that no engine starts in",
      rule: "host",
      by: (plan: Plan) => ({ ...plan, offers: plan.offers.map((offer) => ({ ...offer, hostMemoryGib: 4 })) }),
    },
    {
      name: "parts of the cost that do not follow",
      rule: "cost",
      by: (plan: Plan) => ({ ...plan, cost: plan.cost && { ...plan.cost, parts: undefined } }),
    },
  ])("refuses $name", async ({ rule, by }) => {
    const plan = await planOf(request(surcharges));
    expect(verificationOf(checkPlan(plan))).toEqual({ holds: true, violations: [] });
    expect(verificationOf(checkPlan(by(plan) as Plan)).violations.map((violation) => violation.rule)).toContain(rule);
  });
});

it("refuses a plan whose people send less than they do, however well its cost agrees with that", async () => {
  const people = { users: 400, concurrentShare: 0.05, thinkSeconds: 5 };
  const plan = await planOf(request({ egressUsdPerGib: 0.09 }, people));
  const demandMet = plan.demandMet.map((row) => ({ ...row, requiredRequestsPerSecond: row.requiredRequestsPerSecond / 2 }));
  expect(verificationOf(checkPlan({ ...plan, demandMet })).violations.map(({ rule }) => rule)).toContain("people");
});

it("refuses prices of a provider that the catalog has never heard of", async () => {
  const outcome = await planned(request({ providers: [{ provider: "nearr", egressUsdPerGib: 1 }] }), two);
  expect(outcome).toMatchObject({ ok: false, errors: [{ pointer: "/market/surcharges/providers/0/provider" }] });
});
