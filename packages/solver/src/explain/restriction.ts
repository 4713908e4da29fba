import {
  type Candidate,
  findAccelerator,
  mainWeightFormat,
  type Offer,
  type PlanRequest,
  type ServiceNeed,
  type ServingPrecision,
} from "@headroom/core";
import type { FleetProblem } from "../solve/fleet.ts";

/**
 * Less to choose from, for services and jobs alike: once for the solver, once in the words of a request, for the check. Several
 * that are asked of one request hold together.
 */
export interface Restriction {
  readonly offers?: (offer: Offer) => boolean;
  readonly candidates?: (candidate: Candidate) => boolean;
  readonly asked: (request: PlanRequest) => PlanRequest;
}

type Way = Pick<Offer, "capacityType" | "term">;

export const onAccelerators = ({ offers }: FleetProblem, keep: (id: string) => boolean): Restriction => {
  const idOf = ({ instanceType }: Offer) => instanceType.accelerator.id;
  const kept = namesOf(offers, idOf).filter(keep);
  return {
    offers: (offer) => keep(idOf(offer)),
    candidates: ({ shape }) => keep(shape.accelerator.id),
    asked: ({ market, ...request }) => ({
      ...request,
      market: { ...market, accelerators: within(kept, market?.accelerators?.map(idOfName)) },
    }),
  };
};

export const withoutProvider = ({ offers }: FleetProblem, provider: string): Restriction => {
  const nameOf = ({ instanceType }: Offer) => instanceType.provider;
  const kept = namesOf(offers, nameOf).filter((name) => name !== provider);
  return {
    offers: (offer) => nameOf(offer) !== provider,
    asked: ({ market, ...request }) => ({ ...request, market: { ...market, providers: within(kept, market?.providers) } }),
  };
};

/** Nothing bought in one way: with a term, of that term. */
export const withoutWay = ({ rules }: FleetProblem, { capacityType, term }: Way): Restriction => {
  const otherWays = rules.capacityTypes.filter((other) => other !== capacityType);
  const otherTerms = rules.commitmentTerms.filter((other) => other !== term);
  return {
    offers: (other) => other.capacityType !== capacityType || other.term !== term,
    asked: ({ purchase, ...request }) => ({
      ...request,
      purchase: {
        ...purchase,
        ...(term === undefined
          ? { capacityTypes: within(otherWays, purchase?.capacityTypes) }
          : { commitmentTerms: within(otherTerms, purchase?.commitmentTerms) }),
      },
    }),
  };
};

export const boughtAs = (way: Offer["capacityType"]): Restriction => ({
  offers: ({ capacityType }) => capacityType === way,
  asked: ({ purchase, ...request }) => ({ ...request, purchase: { ...purchase, capacityTypes: within([way], purchase?.capacityTypes) } }),
});

/** A service whose format is open, in one of the formats alone. */
export const inFormat = (need: ServiceNeed, precision: ServingPrecision): Restriction => ({
  candidates: (candidate) => candidate.need.name !== need.name || candidate.precision === precision,
  asked: ({ services, ...request }) => ({
    ...request,
    services: services.map((service) => (service.name === need.name ? servedIn(service, need, precision) : service)),
  }),
});

/** Servers of one's own stand outside of the request's lists. */
const namesOf = (offers: readonly Offer[], nameOf: (offer: Offer) => string): string[] => [
  ...new Set(offers.filter(({ capacityType }) => capacityType !== "owned").map(nameOf)),
];

const within = <T>(names: readonly T[], listed: readonly T[] | undefined): T[] =>
  names.filter((name) => listed === undefined || listed.includes(name));

const idOfName = (name: string): string => {
  const found = findAccelerator(name);
  return found.ok ? found.value.id : name;
};

type Service = PlanRequest["services"][number];

/** Where any format may be chosen the first is the model's own, which is named by naming none. */
const servedIn = (service: Service, need: ServiceNeed, precision: ServingPrecision): Service => {
  const { precision: choice, ...bare } = service;
  const weights = mainWeightFormat(precision, need.model);
  if (choice === "any") return precision === need.precisions[0] ? bare : { ...bare, precision: { weights } };
  return { ...bare, precision: { ...choice, anyOf: [weights] } };
};
