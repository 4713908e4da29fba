import {
  type Catalog,
  type FieldError,
  formatUsd,
  microUsd,
  type Outcome,
  type Plan,
  type Regret,
  refuseAll,
  type ScenarioOutcome,
  type Scenarios,
  type ScenariosRequest,
  succeed,
  under,
} from "@headroom/core";
import { planFleet } from "../plan-fleet.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { bestAgainstWorst, type Carried, type NamedPlan } from "./best-against-worst.ts";
import { inWords, sharedAssumptions } from "./cost-frontier.ts";
import { costInWorld, costOf, type World } from "./cost-in-world.ts";
import { type ScenarioWorld, scenarioWorlds } from "./scenario-worlds.ts";

export interface ScenariosInput {
  readonly request: ScenariosRequest;
  readonly catalog: Catalog;
  readonly version: string;
  readonly newId: () => string;
}

interface Solved {
  readonly world: ScenarioWorld;
  readonly outcome: Outcome<Plan>;
}

/** The cheapest plan for each scenario, what it costs when another one comes, and the plan that regrets least at worst. */
export const compareScenarios = async (input: ScenariosInput, tools: SolveTools): Promise<Outcome<Scenarios>> => {
  const worlds = scenarioWorlds(input.request, input.catalog);
  if (!worlds.ok) return worlds;
  const solved: Solved[] = [];
  for (const world of worlds.value) solved.push({ world, outcome: await planFleet({ ...input, ...world }, tools) });
  const refusals = solved.flatMap(({ outcome }): (readonly FieldError[])[] => (outcome.ok ? [] : [outcome.errors]));
  const [first] = refusals;
  if (first && refusals.length === solved.length) return under("/plan", refuseAll(first));
  const carried = solved.flatMap(carriedOf);
  const solveCost = async (world: World): Promise<Plan | undefined> => {
    const outcome = await planFleet({ ...input, ...world, explain: "none" }, tools);
    return outcome.ok ? outcome.value : undefined;
  };
  const best = await bestAgainstWorst(carried, solveCost, tools);
  return succeed(documentOf(input, { solved, carried, best }));
};

const carriedOf = ({ world, outcome }: Solved): Carried[] => {
  const cost = outcome.ok ? costOf(outcome.value) : undefined;
  return outcome.ok && cost !== undefined ? [{ world, plan: outcome.value, cost }] : [];
};

interface Found {
  readonly solved: readonly Solved[];
  readonly carried: readonly Carried[];
  readonly best: Awaited<ReturnType<typeof bestAgainstWorst>>;
}

const documentOf = ({ request, catalog, version }: ScenariosInput, { solved, carried, best }: Found): Scenarios => {
  const own = solved.flatMap(({ world: { name }, outcome }) => (outcome.ok ? [{ name, scenario: name, plan: outcome.value }] : []));
  const isOwn = best && own.some(({ name }) => name === best.chosen.name);
  const plans: Scenarios["plans"] = best && !isOwn ? [...own, best.chosen] : own;
  return {
    catalog: catalog.id,
    catalogAsOf: catalog.asOf,
    version,
    scenarios: solved.map(outcomeOf),
    plans,
    regrets: plans.flatMap((named) => (named.plan.cost === null ? [] : solved.map(({ world }) => regretOf(named, world, carried)))),
    bestAgainstWorst: best?.document ?? null,
    assumptions: { ...sharedAssumptions(own.map(({ plan }) => plan)), ...meaning(request) },
  };
};

const outcomeOf = ({ world: { name, demandFactor, priceFactors }, outcome }: Solved): ScenarioOutcome => {
  const scenario = { name, demandFactor, priceFactors: { ...priceFactors } };
  if (!outcome.ok)
    return { ...scenario, status: "unsolved", usdPerHour: null, lowerBoundUsdPerHour: null, detail: inWords(outcome.errors) };
  const { status, cost, proof, explanation } = outcome.value;
  const detail = cost === null ? { detail: explanation.text.join(" ") } : {};
  return { ...scenario, status, usdPerHour: cost?.usdPerHour ?? null, lowerBoundUsdPerHour: proof.lowerBoundUsdPerHour, ...detail };
};

const regretOf = ({ name, plan }: NamedPlan, world: ScenarioWorld, carried: readonly Carried[]): Regret => {
  const cost = costInWorld(plan, world);
  const best = carried.find((other) => other.world === world)?.cost;
  return {
    plan: name,
    scenario: world.name,
    usdPerHour: cost === undefined ? null : formatUsd(cost),
    regretUsdPerHour: cost === undefined || best === undefined ? null : formatUsd(microUsd(cost - best)),
  };
};

const meaning = ({ scenarios, demandP90Factor }: ScenariosRequest): Scenarios["assumptions"] => ({
  ...(scenarios === undefined
    ? {
        P50: "the demand as asked",
        P90:
          demandP90Factor === undefined
            ? "1.3 times the demand as asked, an assumption: give demandP90Factor from your own forecast"
            : `${demandP90Factor} times the demand as asked`,
      }
    : {}),
  demandFactor: "of the services' rates and users; batch and training jobs stay as asked",
  priceFactor: "of the catalog's prices; owned servers cost the same in every scenario",
  regret: "a plan is kept as it was bought when another scenario comes, and compared with the plan found for that scenario",
  bestAgainstWorst: "the least worst regret among the plans considered; its lower bounds hold for every plan",
});
