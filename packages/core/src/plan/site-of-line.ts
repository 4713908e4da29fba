import { allowedPrecision, precisionRefusal, type ServiceNeed, scaleOutOf } from "../candidates/index.ts";
import { findAccelerator } from "../hardware/index.ts";
import type { PricedOffer } from "../market/index.ts";
import { mainWeightFormat, resolveLayout } from "../memory/index.ts";
import { rdmaNetwork, type ServingSite, servingSite } from "../performance/index.ts";
import { type Outcome, refuse } from "../units/index.ts";
import type { PlanLine } from "./plan-document.ts";

/** The replica of a plan's line on its hardware, resolved from the request's service and the offer. */
export const siteOfLine = (line: PlanLine, need: ServiceNeed, offer: PricedOffer): Outcome<ServingSite> => {
  const accelerator = findAccelerator(offer.accelerator);
  if (!accelerator.ok) return accelerator;
  const layout = resolveLayout(line.layout, need.model);
  if (!layout.ok) return layout;
  const precision = allowedPrecision(need, line.precision);
  if (!precision) return refuse("", `the service is served in ${formatsOf(need)}`);
  const unfit = precisionRefusal({ engine: need.engine.name, accelerator: accelerator.value, format: line.precision.weights });
  if (unfit !== undefined) return refuse("", `${accelerator.value.name} ${unfit}`);
  const { acceleratorsPerInstance, network, networkGbps } = offer;
  const scaleOut = scaleOutOf({ network, networkGbps, accelerators: acceleratorsPerInstance });
  if (line.instancesPerReplica > 1 && !scaleOut) return refuse("", `${offer.instanceType} has no network that a replica can span`);
  const replica = { model: need.model, precision, layout: layout.value, engine: need.engine };
  return servingSite(replica, { accelerator: accelerator.value, nodeSize: acceleratorsPerInstance, network: scaleOut ?? rdmaNetwork });
};

const formatsOf = ({ precisions, model }: ServiceNeed): string =>
  precisions.map((precision) => `${mainWeightFormat(precision, model)} with a ${precision.kvCache} cache`).join(" or ");
