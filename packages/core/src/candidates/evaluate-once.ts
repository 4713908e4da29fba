import type { Candidate } from "./candidate.ts";
import { layoutName } from "./enumerate-layouts.ts";
import { type Evaluation, evaluateCandidate, placed, type ReplicaChoice } from "./evaluate-candidate.ts";
import type { ServiceNeed } from "./service-need.ts";
import type { ServingShape } from "./serving-shape.ts";

/**
 * Evaluates each different question once. A replica inside one instance is the same whatever the size of the instance, unless it
 * keeps something in the host's memory; services that differ in name and demand alone are the same.
 */
export const evaluateOnce = (): typeof evaluateCandidate => {
  const known = new Map<string, Evaluation>();
  const kinds = new Map<ServiceNeed, string>();
  return (need, shape, choice) => {
    const kind = kinds.get(need) ?? kindOf(need);
    kinds.set(need, kind);
    const key = [siteOf(need, shape, choice), layoutName(choice.layout), JSON.stringify(choice.precision), kind].join("|");
    const before = known.get(key);
    if (before) return relabelled(before, need, shape, choice);
    const evaluation = evaluateCandidate(need, shape, choice);
    known.set(key, evaluation);
    return evaluation;
  };
};

const siteOf = ({ engine }: ServiceNeed, { key, accelerator }: ServingShape, { instances }: ReplicaChoice): string =>
  instances === 1 && engine.hostOffload.experts === 0 && engine.hostOffload.kvCache === 0 ? accelerator.id : key;

const kindOf = ({ classes, ...need }: ServiceNeed): string =>
  JSON.stringify({
    ...need,
    name: undefined,
    loadByHour: undefined,
    classes: classes.map(({ name, shape }) => ({ name, shape })),
  });

const relabelled = (evaluation: Evaluation, need: ServiceNeed, shape: ServingShape, choice: ReplicaChoice): Evaluation =>
  evaluation.kind === "candidate"
    ? { kind: "candidate", candidate: placed(evaluation.candidate, { need, shape: hostsOf(evaluation.candidate, shape), ...choice }) }
    : { kind: "rejection", rejection: { ...evaluation.rejection, service: need.name } };

/** Of an instance of the same shape, those offers that were found to have room. */
const hostsOf = ({ shape: found }: Candidate, shape: ServingShape): ServingShape => (found.key === shape.key ? found : shape);
