import { type MonolithRun, stoodBy } from "./monolith-in-time.ts";

/** A shared machine may take so many times what one at rest takes before a time fails the benchmark. */
export const noise = 2;

const most = { gap: 0.005, memoryMib: 1024 } as const;

/** How many times sooner than the monolith we must stand where it ends. */
const timesSooner = 10;

/** So many times our time the monolith gets. */
export const generous = 20;

export interface Measured {
  readonly name: string;
  readonly limitSeconds: number;
  readonly totalMs: number;
  readonly gap: number | null;
  readonly memoryMib: number;
}

/** Every sentence that a size does not keep. */
export const broken = ({ name, limitSeconds, totalMs, gap, memoryMib }: Measured): string[] => [
  ...(totalMs <= noise * 1000 * limitSeconds
    ? []
    : [`${name} takes ${inSeconds(totalMs)}, more than ${noise} × its bar of ${limitSeconds} s`]),
  ...(gap !== null && gap <= most.gap
    ? []
    : [`${name} has a gap of ${gap === null ? "nothing proved" : inPercent(gap)}, its bar is 0.5 %`]),
  ...(memoryMib < most.memoryMib ? [] : [`${name} has taken ${memoryMib} MiB, its bar is under ${most.memoryMib}`]),
];

export interface Beside {
  readonly name: string;
  readonly limitSeconds: number;
  /** Whether it must be far sooner than the monolith, and not only no dearer with the same limit. */
  readonly race: "run" | "not run";
  readonly ours: {
    readonly totalMs: number;
    readonly servicesUsdPerHour: number;
    readonly stoodMs: (usdPerHour: number) => number | undefined;
  };
  readonly monolith: MonolithRun;
}

export interface Comparison {
  readonly sameLimit: string;
  readonly generous: string;
  readonly broken: readonly string[];
}

/**
 * Our fleets beside the monolith's: with our limit, and after 20 times our whole time. Both clocks start with the request; what the
 * monolith took until its program was written is printed apart.
 */
export const compare = ({ name, limitSeconds, race, ours, monolith }: Beside): Comparison => {
  const sameLimit = stoodBy(monolith, 1000 * limitSeconds);
  const reached = stoodBy(monolith, generous * ours.totalMs);
  const isDearer = sameLimit !== undefined && ours.servicesUsdPerHour > sameLimit.usdPerHour + cent;
  const stood = reached && ours.stoodMs(reached.usdPerHour + cent);
  const ratio = reached && stood !== undefined ? reached.ms / stood : undefined;
  const isLate = race === "run" && reached !== undefined && (ratio ?? 0) < timesSooner;
  return {
    sameLimit: sameLimit ? `${besideOurs(sameLimit.usdPerHour, ours.servicesUsdPerHour)} after ${inSeconds(sameLimit.ms)}` : "no fleet",
    generous: reached
      ? `${besideOurs(reached.usdPerHour, ours.servicesUsdPerHour)}, first after ${inSeconds(reached.ms)}; ` +
        (stood === undefined ? "ours never stood there" : `ours stood there after ${inSeconds(stood)}, ${ratio?.toFixed(1)} times sooner`)
      : `no fleet at all until then: ours stood more than ${generous} times sooner`,
    broken: [
      ...(isDearer ? [`${name} costs more than the monolith has with the same limit`] : []),
      ...(isLate ? [`${name} is not ${timesSooner} times sooner at what the monolith reaches in ${generous} times our time`] : []),
    ],
  };
};

/** Costs are compared to the cent an hour: HiGHS sums floats. */
const cent = 0.01;

const besideOurs = (theirs: number, ours: number): string =>
  `${theirs.toFixed(2)} USD/h, ${theirs / ours >= 2 ? `${(theirs / ours).toFixed(0)} times ours` : `${inPercent(theirs / ours - 1)} above ours`}`;

export const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

export const inPercent = (share: number): string => `${(100 * share).toFixed(3)} %`;
