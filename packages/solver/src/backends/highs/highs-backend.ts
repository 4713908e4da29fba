import loadHighs, { type HighsCallbackMap, type ModelData } from "highs";
import { isContinuous, type LinearProgram, objectiveAt } from "../../linear-program/linear-program.ts";
import type { Backend, SolverOutcome } from "../backend.ts";
import { roundIntegers } from "../round-integers.ts";
import { sparseColumns } from "./sparse-columns.ts";

type Runtime = Awaited<ReturnType<typeof loadHighs>>;

/** HiGHS 1.15 as WebAssembly, one thread: for programs too large for the small backend, and for bounds. */
export const loadHighsBackend = async (): Promise<Backend> => {
  const highs = await loadHighs();
  return {
    name: "highs",
    solve: (program, { timeLimitSeconds, relativeGap, onIncumbent }) =>
      highs.withModel(modelOf(highs, program), (model) => {
        model.options.set({
          output_flag: false,
          random_seed: 0,
          time_limit: timeLimitSeconds,
          mip_rel_gap: relativeGap,
          mip_abs_gap: 0,
          mip_feasibility_tolerance: 1e-9,
          primal_feasibility_tolerance: 1e-9,
        });
        model.run(onIncumbent && tellingOf(highs, onIncumbent));
        return outcomeOf(highs, program, {
          status: model.getModelStatus(),
          hasValues: model.info.get("primal_solution_status") === feasiblePoint,
          values: () => [...model.getSolution().colValue],
          rowDuals: () => [...model.getSolution().rowDual],
          dualBound: () => Number(model.info.get("mip_dual_bound")),
        });
      }),
  };
};

const tellingOf = ({ constants: { callbackType } }: Runtime, onIncumbent: (objective: number) => void): HighsCallbackMap => ({
  [callbackType.mipImprovingSolution]: ({ data }) => {
    if (data.objective_function_value !== undefined) onIncumbent(data.objective_function_value);
  },
});

/** HiGHS's own code for "the values satisfy the program". */
const feasiblePoint = 2;

interface Finished {
  readonly status: number;
  readonly hasValues: boolean;
  readonly values: () => number[];
  readonly rowDuals: () => number[];
  readonly dualBound: () => number;
}

const outcomeOf = ({ constants: { modelStatus } }: Runtime, program: LinearProgram, finished: Finished): SolverOutcome => {
  const { status, hasValues } = finished;
  if (status === modelStatus.infeasible) return { status: "infeasible" };
  if (status === modelStatus.unbounded) return { status: "unbounded" };
  if (status === modelStatus.empty) return emptyOutcome(program);
  if (!hasValues)
    return {
      status: "no-solution",
      reason: status === modelStatus.timeLimit ? "the time limit came before a plan" : `HiGHS ended with status ${status}`,
    };
  const values = roundIntegers(program, finished.values());
  const objective = objectiveAt(program, values);
  if (isContinuous(program) && status === modelStatus.optimal)
    return { status: "optimal", values, bound: objective, rowDuals: finished.rowDuals() };
  const bound = isContinuous(program) ? Number.NEGATIVE_INFINITY : finished.dualBound();
  if (status === modelStatus.optimal) return { status: "optimal", values, bound: Math.min(bound, objective) };
  return { status: "feasible", values, bound: Number.isFinite(bound) ? Math.min(bound, objective) : undefined };
};

/** A program without variables: its constraints hold for nothing or not at all. */
const emptyOutcome = ({ constraints }: LinearProgram): SolverOutcome =>
  constraints.every(({ lower, upper }) => lower <= 0 && upper >= 0)
    ? { status: "optimal", values: [], bound: 0 }
    : { status: "infeasible" };

const modelOf = ({ constants: { variableType } }: Runtime, { variables, constraints }: LinearProgram): ModelData => ({
  numCols: variables.length,
  numRows: constraints.length,
  colCost: variables.map(({ cost }) => cost),
  colLower: variables.map(({ lower }) => lower),
  colUpper: variables.map(({ upper }) => upper),
  rowLower: constraints.map(({ lower }) => lower),
  rowUpper: constraints.map(({ upper }) => upper),
  integrality: variables.map(({ kind }) => (kind === "integer" ? variableType.integer : variableType.continuous)),
  matrix: sparseColumns(variables.length, constraints),
});
