import type { Frontier, Scenarios } from "@headroom/core";
import { alignColumns } from "./align-columns.ts";

const gapText = (gap: number | null): string => (gap === null ? "no bound" : `${(gap * 100).toFixed(2)} %`);

export const frontierText = ({ axis, catalog, points }: Frontier): string =>
  [
    `The cheapest plan along ${axis}, on the catalog ${catalog}`,
    alignColumns([
      [axis, "USD/h", "gap", "status", "accelerators"],
      ...points.map(({ value, usdPerHour, gap, status, accelerators, detail }) => [
        String(value),
        usdPerHour ?? "",
        usdPerHour === null ? "" : gapText(gap),
        status,
        detail ?? acceleratorsText(accelerators),
      ]),
    ]),
  ].join("\n");

const acceleratorsText = (accelerators: Frontier["points"][number]["accelerators"]): string =>
  Object.entries(accelerators)
    .map(([type, most]) => `${most} × ${type}`)
    .join(", ");

export const scenariosText = ({ scenarios, plans, regrets, bestAgainstWorst: best }: Scenarios): string =>
  [
    alignColumns([
      ["scenario", "demand", "status", "USD/h of its own plan"],
      ...scenarios.map(({ name, demandFactor, status, usdPerHour, detail }) => [
        name,
        `× ${demandFactor}`,
        status,
        usdPerHour ?? detail ?? "",
      ]),
    ]),
    "",
    "USD/h more than the scenario's own plan, where the plan of a row meets the scenario of a column",
    alignColumns([
      ["", ...scenarios.map(({ name }) => name)],
      ...plans
        .filter(({ plan }) => plan.cost !== null)
        .map(({ name: plan }) => [
          plan,
          ...scenarios.map(({ name }) => {
            const row = regrets.find((regret) => regret.plan === plan && regret.scenario === name);
            return row?.regretUsdPerHour ?? (row?.usdPerHour === null ? "not carried" : "nothing to compare with");
          }),
        ]),
    ]),
    "",
    best
      ? `Best against the worst of ${best.over.join(", ")}: the plan ${best.plan}, at most ${best.worstRegretUsdPerHour} USD/h more (in ${best.worstRegretIn}); ` +
        (best.lowerBoundRegretUsdPerHour === null
          ? "no bound on what is possible."
          : `no plan does better than ${best.lowerBoundRegretUsdPerHour}.`)
      : "No plan carries every scenario that has one.",
  ].join("\n");
