import { type InstanceType, leastHostMemoryGib, type Offer } from "../market/index.ts";
import type { Rejection } from "./candidate.ts";
import type { ServiceNeed } from "./service-need.ts";
import { shapeName } from "./serving-shape.ts";

/** Why a service cannot run on instances whose host memory is too small for an engine, once for each instance type. */
export const hostRejections = (needs: readonly ServiceNeed[], tooSmall: readonly Offer[]): Rejection[] => {
  const instanceTypes = new Map<string, InstanceType>(tooSmall.map(({ instanceType }) => [keyOf(instanceType), instanceType]));
  const ordered = [...instanceTypes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return needs.flatMap(({ name, engine }) => ordered.map(([, instanceType]) => rejectionOf(name, engine.name, instanceType)));
};

const keyOf = ({ provider, name }: InstanceType): string => `${provider}\n${name}`;

const rejectionOf = (service: string, engine: string, instanceType: InstanceType): Rejection => {
  const { provider, name, accelerator, accelerators, hostMemoryGib } = instanceType;
  const required = leastHostMemoryGib(accelerators);
  return {
    service,
    accelerator,
    instances: 1,
    what: `${shapeName(instanceType)} in ${name} of ${provider}`,
    code: "host-memory",
    required,
    available: hostMemoryGib,
    unit: "GiB of host memory",
    detail: `${engine} does not start in ${hostMemoryGib} GiB of host memory: it takes ${required} GiB with ${accelerators} accelerator${accelerators === 1 ? "" : "s"}`,
  };
};
