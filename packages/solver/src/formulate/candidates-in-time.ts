import { type Candidate, enumerateCandidates, type Offer, type Rejection, type ServiceNeed } from "@headroom/core";

export interface EnumeratedCandidates {
  readonly candidates: readonly Candidate[];
  readonly rejections: readonly Rejection[];
}

/** Service by service, so that a question too large for its time is given up on the way: undefined then. */
export const candidatesInTime = (
  needs: readonly ServiceNeed[],
  offers: readonly Offer[],
  isLate: () => boolean,
): EnumeratedCandidates | undefined => {
  const found: EnumeratedCandidates[] = [];
  for (const need of needs) {
    if (isLate()) return undefined;
    found.push(enumerateCandidates([need], offers));
  }
  return { candidates: found.flatMap(({ candidates }) => candidates), rejections: found.flatMap(({ rejections }) => rejections) };
};
