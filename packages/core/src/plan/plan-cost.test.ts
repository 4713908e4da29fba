import { describe, expect, it } from "vitest";
import { formatUsd, usd } from "../units/index.ts";
import { costPerHour, exceedsInAMonth, lineCostWhileActive } from "./plan-cost.ts";
import type { PlanLine } from "./plan-document.ts";

const lineOf = (line: Pick<PlanLine, "usdPerInstanceHour" | "instances" | "active">) => line as PlanLine;
const always = lineOf({ usdPerInstanceHour: "2.00", instances: 3 });
const horizon = { horizonHours: 1460 };

describe("a line that is there for a part of the horizon", () => {
  it.each([
    { name: "in all hours", active: undefined, perHour: "6.00", all: "8760.00" },
    { name: "in half of them", active: { fromHour: 0, untilHour: 730 }, perHour: "3.00", all: "4380.00" },
    { name: "from the middle on", active: { fromHour: 730, untilHour: 1460 }, perHour: "3.00", all: "4380.00" },
    { name: "for an hour and a thousandth", active: { fromHour: 0, untilHour: 1.001 }, perHour: "0.004114", all: "6.006" },
  ])("is paid for $name", ({ active, perHour, all }) => {
    const line = lineOf({ usdPerInstanceHour: "2.00", instances: 3, active });
    expect(formatUsd(costPerHour([line], horizon))).toBe(perHour);
    expect(formatUsd(lineCostWhileActive(line, horizon))).toBe(all);
  });

  it.each([
    { name: "its own month alone", active: { fromHour: 730, untilHour: 1460 }, budget: "8759.99", exceeds: true },
    { name: "what there is of it in a month", active: { fromHour: 365, untilHour: 1095 }, budget: "6570.00", exceeds: false },
    { name: "both months alike", active: undefined, budget: "8760.00", exceeds: false },
  ])("counts against the budget of $name", ({ active, budget, exceeds }) => {
    const line = lineOf({ usdPerInstanceHour: "2.00", instances: 3, active });
    expect(exceedsInAMonth([always, line], usd(budget), horizon)).toBe(exceeds);
  });
});
