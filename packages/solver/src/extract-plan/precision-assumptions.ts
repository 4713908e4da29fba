import { isOpen, mainWeightFormat, type Plan, type PlanRequest, type ServiceNeed, variantsOf } from "@headroom/core";

/** What "any" and "anyOf" came to, for each service and batch job that asks so. */
export const precisionAssumptions = (request: PlanRequest, needs: readonly ServiceNeed[]): Plan["assumptions"] =>
  Object.fromEntries(
    [...request.services, ...(request.batchJobs ?? [])].flatMap((served) => {
      const { name, model: reference, precision } = served;
      const need = needs.find((other) => other.name === name);
      if (!need || !isOpen(precision)) return [];
      const formats = need.precisions.map((allowed) => mainWeightFormat(allowed, need.model));
      if (precision !== "any") return [[`precision.${name}`, `any of ${formats.join(", ")}, as the request allows; each line says which`]];
      const checkpoints = new Map(variantsOf(reference, need.model).map(({ format, checkpoint }) => [format, checkpoint]));
      const [own, ...others] = formats;
      const released = others.map((format) => `${format} (${checkpoints.get(format) ?? "the publisher's"})`);
      const known = released.length > 0 ? `or ${released.join(" or ")}; each line says which` : "no other format is known to be published";
      return [[`precision.${name}`, `${own}, the model's own, ${known}`]];
    }),
  );
