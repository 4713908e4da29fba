import { hasHostMemory, type Offer } from "../market/index.ts";
import type { Candidate, Rejection } from "./candidate.ts";
import { enumerateLayouts } from "./enumerate-layouts.ts";
import { evaluateCandidate } from "./evaluate-candidate.ts";
import { hostRejections } from "./host-rejections.ts";
import type { ServiceNeed } from "./service-need.ts";
import { servingShapes } from "./serving-shape.ts";

export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly rejections: readonly Rejection[];
}

/** Every service on every shape of the market in every layout: those that work, and why the others do not. */
export const enumerateCandidates = (needs: readonly ServiceNeed[], offers: readonly Offer[]): Candidates => {
  const candidates: Candidate[] = [];
  const canHost = (offer: Offer): boolean => hasHostMemory(offer.instanceType);
  const tooSmall = offers.filter((offer) => !canHost(offer));
  const rejections: Rejection[] = hostRejections(needs, tooSmall);
  const shapes = servingShapes(tooSmall.length === 0 ? offers : offers.filter(canHost));
  for (const need of needs) {
    for (const shape of shapes) {
      for (const sized of enumerateLayouts(need.model, shape.accelerators, shape.scaleOut !== undefined)) {
        const evaluation = evaluateCandidate(need, shape, sized);
        if (evaluation.kind === "candidate") candidates.push(evaluation.candidate);
        else rejections.push(evaluation.rejection);
      }
    }
  }
  return { candidates: withoutDominated(candidates), rejections };
};

/**
 * Drops a candidate that another one on the same instances equals or beats in every class. Both cost the same and draw
 * on the same stock, so no optimum needs the dropped one.
 */
const withoutDominated = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((candidate, index) => !candidates.some((other, otherIndex) => dominates(other, candidate, otherIndex < index)));

const dominates = (other: Candidate, candidate: Candidate, comesFirst: boolean): boolean => {
  if (other === candidate || other.need !== candidate.need || other.shape !== candidate.shape) return false;
  if (other.instancesPerReplica > candidate.instancesPerReplica) return false;
  if (candidate.instancesPerReplica % other.instancesPerReplica !== 0) return false;
  const differences = candidate.capacities.map(
    (capacity, index) => perInstance(other, other.capacities[index]?.amount) - perInstance(candidate, capacity.amount),
  );
  return differences.every((difference) => difference >= 0) && (comesFirst || differences.some((difference) => difference > 0));
};

const perInstance = ({ replicasPerInstance, instancesPerReplica }: Candidate, amount = 0): number =>
  (amount * replicasPerInstance) / instancesPerReplica;
