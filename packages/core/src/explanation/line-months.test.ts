import { expect, it } from "vitest";
import type { Plan, PlanLine } from "../plan/index.ts";
import { lineMonths, lineStep } from "./line-months.ts";

const stages = [0, 1, 2, 3].map((month) => ({ fromHour: month * 730, untilHour: (month + 1) * 730 }));

const line = (offerId: string, months?: readonly [number, number]): PlanLine => {
  const active = months && { fromHour: months[0] * 730, untilHour: months[1] * 730 };
  return { for: "chat", offerId, layout: {}, instances: 1, ...(active ? { active } : {}) } as unknown as PlanLine;
};

const planOf = (lines: readonly PlanLine[]): Plan => ({ stages, lines }) as unknown as Plan;

it.each([
  { name: "what is there throughout has no months", months: undefined, words: undefined },
  { name: "to the end", months: [1, 4] as const, words: "from month 2" },
  { name: "one month", months: [2, 3] as const, words: "in month 3" },
  { name: "several", months: [0, 3] as const, words: "in months 1 to 3" },
])("$name", ({ months, words }) => {
  expect(lineMonths(line("a", months), { stages })).toBe(words);
});

it("tells what joins, replaces and comes back from what is new", () => {
  const lines = [line("a", [0, 1]), line("a", [1, 2]), line("a", [3, 4]), line("b"), line("b", [2, 4]), line("c", [1, 4])];
  const plan = planOf(lines);
  expect(lines.map((one) => lineStep(one, plan).kind)).toEqual(["first", "instead", "again", "first", "more", "first"]);
});
