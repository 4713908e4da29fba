import { hasHostMemory, type Offer } from "../market/index.ts";
import type { Candidate, Rejection } from "./candidate.ts";
import { checkpointBytes } from "./checkpoint-bytes.ts";
import { enumerateLayouts } from "./enumerate-layouts.ts";
import type { ReplicaChoice } from "./evaluate-candidate.ts";
import { evaluateOnce } from "./evaluate-once.ts";
import { hostRejections } from "./host-rejections.ts";
import type { ServiceNeed } from "./service-need.ts";
import { type ServingShape, servingShapes } from "./serving-shape.ts";

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly rejections: readonly Rejection[];
}

/** An instance that several services may share is used in parts. */
export type UsedInstances = "whole" | "in parts";

/** Every service on every shape of the market in every layout: those that work, and why the others do not. */
export const enumerateCandidates = (needs: readonly ServiceNeed[], offers: readonly Offer[], used: UsedInstances = "whole"): Candidates => {
  const candidates: Candidate[] = [];
  const canHost = (offer: Offer): boolean => hasHostMemory(offer.instanceType);
  const tooSmall = offers.filter((offer) => !canHost(offer));
  const rejections: Rejection[] = hostRejections(needs, tooSmall);
  const shapes = servingShapes(tooSmall.length === 0 ? offers : offers.filter(canHost));
  const evaluate = evaluateOnce();
  for (const need of needs) {
    for (const shape of shapes) {
      const ofShape: Candidate[] = [];
      for (const choice of choicesOf(need, shape)) {
        const evaluation = evaluate(need, shape, choice);
        if (evaluation.kind === "candidate") ofShape.push(evaluation.candidate);
        else rejections.push(evaluation.rejection);
      }
      candidates.push(...withoutDominated(ofShape, used));
    }
  }
  return { candidates, rejections };
};

const choicesOf = ({ model, precisions }: ServiceNeed, { accelerators, scaleOut }: ServingShape): ReplicaChoice[] => {
  const layouts = enumerateLayouts(model, accelerators, scaleOut !== undefined);
  return precisions.flatMap((precision) => layouts.map((sized) => ({ ...sized, precision })));
};

/**
 * Of one service on one shape: drops a candidate that another one on the same instances equals or beats in every class. Both
 * cost the same and draw on the same stock, so no optimum needs the dropped one. Each precision keeps its own, so that one format
 * alone can still be asked about.
 */
const withoutDominated = (candidates: readonly Candidate[], used: UsedInstances): Candidate[] =>
  candidates.filter(
    (candidate, index) =>
      !candidates.some(
        (other, otherIndex) =>
          other.precision === candidate.precision && fits(other, candidate, used) && dominates(other, candidate, otherIndex < index),
      ),
  );

/** Where instances are used in parts, only replicas that are no larger may stand for others. */
const fits = (other: Candidate, candidate: Candidate, used: UsedInstances): boolean =>
  used === "whole" || other.replicasPerInstance % candidate.replicasPerInstance === 0;

/**
 * The same over all precisions of a service, for a question that leaves them open. Only one that stores no more may stand for
 * another: its weights take no more room on disk either.
 */
export const withoutDominatedFormats = (candidates: readonly Candidate[], used: UsedInstances): readonly Candidate[] => {
  if (candidates.every(({ need }) => need.precisions.length === 1)) return candidates;
  const rivals = new Map<string, Candidate[]>();
  const kindOf = ({ need, shape }: Candidate): string => `${need.name}\n${shape.key}`;
  for (const candidate of candidates) rivals.set(kindOf(candidate), [...(rivals.get(kindOf(candidate)) ?? []), candidate]);
  const places = new Map(candidates.map((candidate, place) => [candidate, place]));
  const placeOf = (candidate: Candidate): number => places.get(candidate) ?? 0;
  return candidates.filter((candidate) => {
    const others = rivals.get(kindOf(candidate)) ?? [];
    return !others.some(
      (other) =>
        checkpointBytes(other.site.replica) <= checkpointBytes(candidate.site.replica) &&
        fits(other, candidate, used) &&
        dominates(other, candidate, placeOf(other) < placeOf(candidate)),
    );
  });
};

const dominates = (other: Candidate, candidate: Candidate, comesFirst: boolean): boolean => {
  if (other === candidate || other.shape !== candidate.shape) return false;
  if (other.instancesPerReplica > candidate.instancesPerReplica) return false;
  if (candidate.instancesPerReplica % other.instancesPerReplica !== 0) return false;
  const differences = candidate.capacities.map(
    (capacity, index) => perInstance(other, other.capacities[index]?.amount) - perInstance(candidate, capacity.amount),
  );
  return differences.every((difference) => difference >= 0) && (comesFirst || differences.some((difference) => difference > 0));
};

const perInstance = ({ replicasPerInstance, instancesPerReplica }: Candidate, amount = 0): number =>
  (amount * replicasPerInstance) / instancesPerReplica;
