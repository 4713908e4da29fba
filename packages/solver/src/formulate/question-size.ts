import { enumerateLayouts, type Offer, type Outcome, refuse, type ServiceNeed, servingShapes, succeed } from "@headroom/core";

/** Speeds estimated in a second: 10,000 or so on one core of 2026, taken twice so that no question is refused that has a chance. */
const estimatesPerSecond = 20_000;

interface QuestionSizeInput {
  readonly needs: readonly ServiceNeed[];
  readonly offers: readonly Offer[];
  readonly timeLimitSeconds: number;
}

/**
 * Refuses a question whose candidates alone would take longer than its time limit, before anything of it is computed.
 * Counted in estimates, not in seconds, so that the same question is refused on every machine.
 */
export const withinSize = (input: QuestionSizeInput): Outcome<number> => {
  const { needs, timeLimitSeconds } = input;
  const estimates = estimatesOf(input);
  const most = estimatesPerSecond * timeLimitSeconds;
  if (estimates <= most) return succeed(estimates);
  const classes = needs.reduce((sum, need) => sum + need.classes.length, 0);
  return refuse(
    "/services",
    `ask for ${grouped(estimates)} estimates (${needs.length} services and batch jobs, ${grouped(classes)} traffic classes, each on every layout of the market), ` +
      `more than the ${grouped(most)} of a time limit of ${timeLimitSeconds} s: name fewer services or traffic classes, narrow market.accelerators, ` +
      `market.providers or market.instanceTypes, or set limits.timeLimitSeconds to ${Math.ceil(estimates / estimatesPerSecond)}`,
  );
};

/** Every traffic class of every service in every layout on every shape of machine. */
const estimatesOf = ({ needs, offers }: QuestionSizeInput): number => {
  const shapes = servingShapes(offers);
  const layouts = needs.map(({ model }) =>
    shapes.reduce((sum, { accelerators, scaleOut }) => sum + enumerateLayouts(model, accelerators, scaleOut !== undefined).length, 0),
  );
  return needs.reduce((sum, { classes }, index) => sum + classes.length * (layouts[index] ?? 0), 0);
};

const grouped = (count: number): string => Math.round(count).toLocaleString("en-US");
