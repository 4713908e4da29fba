import { layoutName } from "../candidates/index.ts";
import { mostOf, type Plan, type PlanLine } from "../plan/index.ts";

/** Of a job that runs where a service's commitment would stand idle: for how long, on what, and what it does there; undefined of others. */
export const idleInWords = ({ for: job, idle, batch, layout, instanceType, term }: PlanLine, { lines }: Plan): string | undefined => {
  const host = lines[idle?.line ?? -1];
  if (!idle || !batch || !host) return undefined;
  const most = mostOf(idle.instances);
  const bought = term === undefined ? host.capacityType : `${host.capacityType} for ${term === "1y" ? "one year" : "three years"}`;
  return (
    `${job}: on up to ${most.toLocaleString("en-US")} of the ${mostOf(host.instances).toLocaleString("en-US")} instances of ${instanceType} that ${host.for} has ${bought}, ` +
    `${idle.instanceHoursPerWeek.toLocaleString("en-US")} instance-hours a week in which they would stand idle, for nothing more: ` +
    `${Math.round(batch.requests).toLocaleString("en-US")} requests in ${layoutName(layout)}, done after ${batch.hours.toLocaleString("en-US")} hours whichever hour of the week the plan begins in.`
  );
};
