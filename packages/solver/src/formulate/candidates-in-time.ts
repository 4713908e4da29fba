import { type Candidate, enumerateCandidates, type Offer, type Rejection, type ServiceNeed, type UsedInstances } from "@headroom/core";

export interface EnumeratedCandidates {
  readonly candidates: readonly Candidate[];
  readonly rejections: readonly Rejection[];
}

interface CandidatesAsked {
  readonly needs: readonly ServiceNeed[];
  readonly offers: readonly Offer[];
  readonly used: UsedInstances;
}

/** Service by service, so that a question too large for its time is given up on the way: undefined then. */
export const candidatesInTime = ({ needs, offers, used }: CandidatesAsked, isLate: () => boolean): EnumeratedCandidates | undefined => {
  const found: EnumeratedCandidates[] = [];
  for (const need of needs) {
    if (isLate()) return undefined;
    found.push(enumerateCandidates([need], offers, used));
  }
  return { candidates: found.flatMap(({ candidates }) => candidates), rejections: found.flatMap(({ rejections }) => rejections) };
};
