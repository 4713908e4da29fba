import { formatUsd, parseRequest, planRequest } from "@headroom/core";
import { describe, expect, it } from "vitest";
import { askedWhole } from "../fakes/asked-whole.ts";
import { catalogOf, type OfferRow } from "../fakes/price-list.ts";
import { strictTools } from "../fakes/strict-tools.ts";
import { hours } from "../fakes/weekly-case.ts";
import { planFleet } from "../plan-fleet.ts";
import { alternativesOf, checkedCosts, type Named, type NamedAlternative } from "./checked-costs.ts";
import { boughtAs, onAccelerators, withoutWay } from "./restriction.ts";
import type { WholeQuestion } from "./whole-question.ts";

const market: readonly OfferRow[] = [
  { type: "l4x1", usd: 0.8 },
  { type: "l4x1", usd: 0.3, capacityType: "spot" },
  { type: "l4x1", usd: 0.5, capacityType: "reserved" },
  { type: "h200x8", usd: 28 },
];

const chat = (rate: number | readonly number[]) => ({
  name: "chat",
  model: { id: "meta-llama/Llama-3.1-8B" },
  demand: {
    classes: [{ name: "question", islTokens: 1000, oslTokens: 200, share: 1 }],
    requestRatePerSecond: typeof rate === "number" ? rate : { hourOfWeek: rate },
  },
  slo: { ttftMs: 4000, tpotMs: 100 },
});

const week = hours((hour) => (hour % 24 < 8 ? 4 : 4 + (hour % 24)));

const namedIn = ({ problem }: WholeQuestion): readonly Named[] => [
  { name: "on demand only", restriction: boughtAs("on-demand") },
  { name: "without spot", restriction: withoutWay(problem, { capacityType: "spot", term: undefined }) },
  { name: "all on h200-sxm", restriction: onAccelerators(problem, (id) => id === "h200-sxm") },
];

describe("an alternative", () => {
  it.each([
    { demand: "constant", rate: 9 },
    { demand: "weekly", rate: week },
  ])("of a $demand demand costs no less than is proved of the request that asks for it, and is no plan of more", async ({ rate }) => {
    const whole = await askedWhole({ services: [chat(rate)] }, catalogOf(market));
    const checked = await checkedCosts(whole, await alternativesOf(whole, namedIn(whole), strictTools), strictTools);
    expect(checked.map(({ name }) => name)).toEqual(["on demand only", "without spot", "all on h200-sxm"]);
    for (const { restriction, costPerHour, atLeast } of checked) {
      const request = parseRequest(planRequest, restriction.asked(whole.input.request));
      const own = request.ok ? await planFleet({ ...whole.input, request: request.value }, strictTools) : request;
      if (!own.ok) throw new Error(JSON.stringify(own.errors));
      const { cost, proof } = own.value;
      expect(Number(formatUsd(costPerHour))).toBeGreaterThanOrEqual(Number(proof.lowerBoundUsdPerHour) - 1e-5);
      expect(Number(formatUsd(atLeast ?? costPerHour))).toBeLessThanOrEqual(Number(cost?.usdPerHour) + 1e-5);
    }
  });

  it("of a constant demand is proved as closely as the question asks", async () => {
    const whole = await askedWhole({ services: [chat(9)] }, catalogOf(market));
    const checked = await checkedCosts(whole, await alternativesOf(whole, namedIn(whole), strictTools), strictTools);
    expect(checked.every(({ costPerHour, atLeast }) => atLeast === costPerHour)).toBe(true);
  });
});

describe("an alternative that fails its check", () => {
  /** The same, as if half of its machines were there. */
  const halved = ({ alternative, ...named }: NamedAlternative): NamedAlternative => ({
    ...named,
    alternative: {
      ...alternative,
      placed: async () => {
        const placed = await alternative.placed();
        if (!placed) return undefined;
        const { fleet } = placed.outcome;
        const purchases = fleet.purchases.map((one) => {
          const half = one.counts.map((count) => Math.ceil(count / 2));
          return { ...one, counts: half, bought: half };
        });
        return { ...placed, outcome: { ...placed.outcome, fleet: { ...fleet, purchases } } };
      },
    },
  });

  it("is not told, and is heard of as a defect; the others are told", async () => {
    const whole = await askedWhole({ services: [chat(9)] }, catalogOf(market));
    const heard: string[] = [];
    const [first, ...others] = await alternativesOf(whole, namedIn(whole), strictTools);
    if (!first) throw new Error("nothing was found");
    const tools = { ...strictTools, onDefect: (what: string) => heard.push(what) };
    const spoilt = halved({ ...first, alternative: { ...first.alternative, bought: "half of it" } });
    const checked = await checkedCosts(whole, [spoilt, ...others], tools);
    expect(checked.map(({ name }) => name)).toEqual(["without spot", "all on h200-sxm"]);
    expect(heard).toEqual([expect.stringMatching(/^on demand only: capacity: line 0 needs/)]);
  });

  it("is one that buys what its restriction forbids", async () => {
    const whole = await askedWhole({ services: [chat(9)] }, catalogOf(market));
    const [alternative] = await alternativesOf(whole, [{ name: "free", restriction: { asked: (request) => request } }], strictTools);
    if (!alternative) throw new Error("nothing was found");
    for (const restriction of [
      boughtAs("on-demand"),
      onAccelerators(whole.problem, (id) => id === "h200-sxm"),
      withoutWay(whole.problem, { capacityType: "reserved", term: "1y" }),
    ]) {
      const heard: string[] = [];
      const tools = { ...strictTools, onDefect: (what: string) => heard.push(what) };
      expect(await checkedCosts(whole, [{ ...alternative, restriction }], tools)).toEqual([]);
      expect(heard).toEqual([expect.stringContaining("purchase and market")]);
    }
  });

  it("is not begun once the time of the explanation is over", async () => {
    const whole = await askedWhole({ services: [chat(9)] }, catalogOf(market));
    const found = await alternativesOf(whole, namedIn(whole), strictTools);
    expect(await checkedCosts(whole, found, { ...strictTools, explainUntilMs: -1 })).toEqual([]);
  });
});
