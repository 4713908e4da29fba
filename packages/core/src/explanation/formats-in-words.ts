import { isOpen } from "../candidates/index.ts";
import type { Plan } from "../plan/index.ts";

/** For each service and batch job whose precision was left open: which format the plan serves it in, and what one format alone costs. */
export const formatsInWords = ({ request, lines, explanation: { runnersUp } }: Plan): string[] =>
  [...request.services, ...(request.batchJobs ?? [])].flatMap(({ name, precision }) => {
    if (!isOpen(precision)) return [];
    const formats = [...new Set(lines.filter((line) => line.for === name).map((line) => line.precision.weights))].toSorted();
    const alone = runnersUp.filter(({ change }) => change.startsWith(`${name} in `) && change.endsWith(" only"));
    const dearer = alone.map(({ change, differenceUsdPerHour }) => `${change} costs ${differenceUsdPerHour} USD per hour more`);
    return [`${[`${name} may be served in any allowed format and is in ${formats.join(" and ")}`, ...dearer].join("; ")}.`];
  });
