import { checkPlan, type Plan, type PlanRequest, parseRequest, planRequest, readCatalog, verificationOf } from "@headroom/core";
import { beforeAll, describe, expect, it } from "vitest";
import { strictTools } from "./fakes/strict-tools.ts";
import { planFleet } from "./plan-fleet.ts";
import { lineChanges } from "./replan/compare-plans.ts";
import { priceAgain } from "./replan/price-again.ts";

const instanceTypes = [
  { name: "h100x8", accelerator: "h100", accelerators: 8 },
  { name: "l4x4", accelerator: "l4", accelerators: 4 },
].map((type) => ({ provider: "cloud", source: "made up", network: "ethernet", ...type }));

const offerOf = (instanceType: string, capacityType: string, usdPerInstanceHour: number) => ({
  id: `${instanceType} ${capacityType}`,
  provider: "cloud",
  instanceType,
  region: "here",
  trust: "list",
  source: "made up",
  date: "2026-07-01",
  capacityType,
  ...(capacityType === "reserved" ? { term: "1y" } : {}),
  usdPerInstanceHour,
});

type Offers = readonly ReturnType<typeof offerOf>[];

const catalogOf = (offers: Offers) => {
  const catalog = readCatalog({ id: "test", asOf: "2026-07-30", description: "for tests", instanceTypes, offers, notForSale: [] });
  if (!catalog.ok) throw new Error(JSON.stringify(catalog.errors));
  return catalog.value;
};

const byDay = (low: number, high: number) => ({
  hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 ? low : high)),
});

const small = (name: string, rate: unknown, id = "meta-llama/Llama-3.1-8B") => ({
  name,
  model: { id },
  demand: { classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: rate },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const requestOf = (services: readonly unknown[], rest: Record<string, unknown> = {}): PlanRequest => {
  const request = parseRequest(planRequest, { services, ...rest });
  if (!request.ok) throw new Error(JSON.stringify(request.errors));
  return request.value;
};

const planOf = async (request: PlanRequest, offers: Offers): Promise<Plan> => {
  const outcome = await planFleet({ request, catalog: catalogOf(offers), version: "test", newId: () => "plan_test" }, strictTools);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.value;
};

const costOf = ({ cost }: Plan): number => Number(cost?.usdPerHour);

const apart = { purchase: { shareInstances: false } };

const onH100 = [offerOf("h100x8", "on-demand", 20)];

/** Two services of one accelerator each, and one of two. */
const three = [small("a", 1), small("b", 1), small("c", 1, "meta-llama/Llama-3.1-70B")];

let plan: Plan;

beforeAll(async () => {
  plan = await planOf(requestOf(three), onH100);
}, 60_000);

/** Everything that a plan claims about itself, told anew for the lines given. */
const withLine = (index: number, change: Partial<Plan["lines"][number]>): Plan => ({
  ...plan,
  lines: plan.lines.map((line, at) => (at === index ? { ...line, ...change } : line)),
});

const brokenRules = (changed: Plan): string[] => [...new Set(verificationOf(checkPlan(changed)).violations.map(({ rule }) => rule))];

describe("services of constant demand", () => {
  it("fit one box where each alone would rent its own, and it is proved", async () => {
    const without = await planOf(requestOf(three, apart), onH100);
    expect([costOf(without), costOf(plan)]).toEqual([60, 20]);
    expect([plan.status, plan.proof.gap]).toEqual(["optimal", 0]);
    expect(plan.lines.map(({ instances }) => instances).toSorted()).toEqual([0, 0, 1]);
    expect(plan.assumptions.shareInstances).toBe(true);
    expect(without.assumptions.shareInstances).toBe(false);
    expect(without.lines.every(({ sharesInstancesOf }) => sharesInstancesOf === undefined)).toBe(true);
  }, 60_000);

  it("pay for the box by the accelerators they use", () => {
    const shares = plan.lines.map(({ usdPerHourShare }) => Number(usdPerHourShare));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(20, 5);
    const perMillion = plan.cost?.usdPerMillionOutputTokens ?? {};
    const spent = Object.values(perMillion).reduce((sum, usd) => sum + Number(usd) * 200 * 3600 * 1e-6, 0);
    expect(spent).toBeCloseTo(20, 3);
  });

  it("are told who shares with whom and what it saves", () => {
    expect(plan.explanation.text.join("\n")).toContain("share 1 instance of h100x8, on-demand, for 40.00 USD per hour less");
  });

  it("fit a quota that keeps them from renting a box each", async () => {
    const market = { quotas: [{ accelerator: "h100", max: 8 }] };
    expect((await planOf(requestOf(three, { ...apart, market }), onH100)).status).toBe("infeasible");
    expect(costOf(await planOf(requestOf(three, { market }), onH100))).toBe(20);
  }, 60_000);

  const job = {
    name: "archive",
    model: { id: "meta-llama/Llama-3.1-8B" },
    requests: 1e6,
    islTokens: 500,
    oslTokens: 100,
    deadlineHours: 8760,
  };
  const growing = three.map((service) => ({ ...service, demand: { ...service.demand, growthPerMonth: 0.01 } }));

  it.each([
    ["where an instance must not be missed", requestOf(three, { purchase: { survive: "one-instance" } })],
    ["beside a batch job", requestOf(three, { batchJobs: [job] })],
    ["where demand grows", requestOf(growing)],
  ])(
    "share nothing %s",
    async (_, request) => {
      const alone = await planOf(request, onH100);
      expect(alone.lines.every(({ sharesInstancesOf }) => sharesInstancesOf === undefined)).toBe(true);
      expect(alone.assumptions.shareInstances).toBe(false);
    },
    60_000,
  );
});

describe("services of a week", () => {
  const offers = [offerOf("l4x4", "on-demand", 3.2), offerOf("l4x4", "reserved", 2)];

  it("share the instances of each hour and the commitments of all, no dearer than apart", async () => {
    const services = ["a", "b", "c", "d", "e"].map((name, index) => small(name, index % 2 ? byDay(1, 9) : byDay(9, 1)));
    const [together, without] = [await planOf(requestOf(services), offers), await planOf(requestOf(services, apart), offers)];
    expect(costOf(together)).toBeLessThan(costOf(without));
    const guests = together.lines.filter(({ sharesInstancesOf }) => sharesInstancesOf !== undefined);
    expect(guests.length).toBeGreaterThan(0);
    expect(guests.every(({ capacityType, replicas }) => capacityType !== "reserved" || typeof replicas === "number")).toBe(true);
    expect(Number(together.proof.lowerBoundUsdPerHour)).toBeLessThanOrEqual(costOf(together));
  }, 60_000);
});

describe("the check of shared instances", () => {
  const host = () => plan.lines.findIndex(({ sharesInstancesOf }) => sharesInstancesOf === undefined);
  const guest = () => plan.lines.findIndex(({ sharesInstancesOf }) => sharesInstancesOf !== undefined);

  it.each([
    { name: "one replica too many", change: () => withLine(guest(), { replicas: Number(plan.lines[guest()]?.replicas) + 1 }) },
    { name: "a line that pays for nothing and shares nothing", change: () => withLine(guest(), { sharesInstancesOf: undefined }) },
    { name: "a line that shares with itself", change: () => withLine(guest(), { sharesInstancesOf: guest() }) },
    { name: "instances of a line that is not there", change: () => withLine(guest(), { sharesInstancesOf: 99 }) },
    { name: "instances of a line that pays for none itself", change: () => withLine(host(), { sharesInstancesOf: guest() }) },
    { name: "a guest that pays as well", change: () => withLine(guest(), { instances: 1 }) },
    { name: "instances that nobody pays for", change: () => withLine(host(), { instances: 0 }) },
    { name: "a share of the cost that is made up", change: () => withLine(guest(), { usdPerHourShare: "1.00" }) },
    { name: "less room on an instance than there is", change: () => withLine(guest(), { replicasPerInstance: 1 }) },
    { name: "sharing that the request refuses", change: () => ({ ...plan, request: { ...plan.request, ...apart } }) },
  ])("refuses $name", ({ change }) => {
    expect(brokenRules(change())).not.toEqual([]);
  });

  it("refuses any line with one of its counts or shares changed", () => {
    const accepted = plan.lines.flatMap((line, index) => {
      const changes: Partial<typeof line>[] = [
        { instances: Number(line.instances) + 1 },
        { replicas: Number(line.replicas) + 1 },
        { replicasPerInstance: line.replicasPerInstance * 2 },
        { instancesPerReplica: 2 },
        { sharesInstancesOf: (line.sharesInstancesOf ?? 0) + 5 },
        { usdPerHourShare: "0.01" },
        { usdPerHourShare: undefined },
        { usdPerHour: "0.01" },
      ];
      return changes.filter((change) => brokenRules(withLine(index, change)).length === 0).map((change) => ({ index, ...change }));
    });
    expect(accepted).toEqual([]);
  });

  it("accepts the plan as it is", () => {
    expect(brokenRules(plan)).toEqual([]);
  });
});

describe("a plan in force that shares", () => {
  it("is priced again with its shares", () => {
    const again = priceAgain(plan, catalogOf([offerOf("h100x8", "on-demand", 30)]));
    expect(again.kind).toBe("priced");
    if (again.kind !== "priced") return;
    expect(brokenRules(again.plan)).toEqual([]);
    expect(again.plan.cost?.usdPerHour).toBe("30.00");
  });

  it("differs from one that does not by what is rented and what runs on it", async () => {
    const without = await planOf(requestOf(three, apart), onH100);
    const kinds = lineChanges(plan, without).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "line-removed")).toHaveLength(2);
    expect(kinds.filter((kind) => kind === "line-added")).toHaveLength(2);
    expect(lineChanges(plan, plan)).toEqual([]);
  }, 60_000);

  it("costs nothing to keep", async () => {
    const request = requestOf(three, { current: plan, switchingUsdPerInstance: "100.00" });
    const again = await planOf(request, onH100);
    expect(again.cost?.usdSwitching).toBe("0.00");
    expect(again.explanation.baselines.current).toBe("20.00");
  }, 60_000);
});
