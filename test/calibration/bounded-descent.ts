/** A number to fit: where it may lie, and where it is believed to lie before any measurement is seen. */
export interface BoundedParameter {
  readonly name: string;
  readonly low: number;
  readonly prior: number;
  readonly high: number;
}

export type Values = Readonly<Record<string, number>>;

/**
 * Pattern search inside bounds, without chance (Hooke and Jeeves 1961): each parameter in turn tries a step up and down,
 * then all move on together in the direction of the round; steps shrink once a round finds little better.
 */
export const boundedDescent = (input: {
  readonly parameters: readonly BoundedParameter[];
  readonly start?: Values;
  readonly loss: Loss;
  readonly rounds: number;
}): Values => {
  const { parameters, loss } = input;
  const first: Values = { ...Object.fromEntries(parameters.map(({ name, prior }) => [name, prior])), ...input.start };
  let best: Point = { values: first, loss: loss(first) };
  let step = 0.25;
  for (let round = 0; round < input.rounds && step > 0.002; round++) {
    const walked = parameters.reduce((point, parameter) => tryBothWays(point, { parameter, step, loss }), best);
    const onward = better(walked, extrapolate(parameters, { from: best.values, to: walked.values }), loss);
    if (onward.loss > best.loss - 1e-5) step /= 2;
    best = onward;
  }
  return best.values;
};

type Loss = (values: Values) => number;

interface Point {
  readonly values: Values;
  readonly loss: number;
}

const better = (point: Point, values: Values, loss: Loss): Point => {
  const found = loss(values);
  return found < point.loss ? { values, loss: found } : point;
};

const tryBothWays = (
  point: Point,
  { parameter, step, loss }: { readonly parameter: BoundedParameter; readonly step: number; readonly loss: Loss },
): Point =>
  [1 + step, 1 / (1 + step)].reduce((reached, factor) => {
    const { name, low, prior, high } = parameter;
    const value = Math.min(high, Math.max(low, (reached.values[name] ?? prior) * factor));
    return better(reached, { ...reached.values, [name]: value }, loss);
  }, point);

/** As far again, in logarithms, as the round went. */
const extrapolate = (parameters: readonly BoundedParameter[], { from, to }: { readonly from: Values; readonly to: Values }): Values =>
  Object.fromEntries(
    parameters.map(({ name, low, prior, high }) => {
      const reached = to[name] ?? prior;
      return [name, Math.min(high, Math.max(low, (reached * reached) / (from[name] ?? prior)))];
    }),
  );

/** Pull towards the prior: half the squared distance in logarithms, over the logarithm of a believable factor. */
export const priorPull = (parameters: readonly BoundedParameter[], values: Values): number =>
  parameters.reduce((sum, { name, prior }) => sum + Math.log((values[name] ?? prior) / prior) ** 2, 0);
