import { type MeasurementsQuery, measurementPage, measurementsQuery, type StoredMeasurementDocument } from "@headroom/client";
import { findAccelerator, findBundledModel, type MeasuredReplica, type Outcome, succeed, under } from "@headroom/core";
import type { StoredMeasurement } from "@headroom/db";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pageAnswer, pageRequestOf } from "../http/paging.ts";
import { readQuery } from "../http/read-body.ts";
import { refuseFields } from "../http/refuse.ts";

export const listMeasurementsOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/measurements",
  tag: "Measurements",
  summary: "The stored measurements, newest first",
  query: measurementsQuery,
  answers: { 200: { description: "A page of measurements.", schema: measurementPage } },
  problems: ["invalid-fields"],
  handle: async (context) => {
    const query = readQuery(context, measurementsQuery);
    if (!query.ok) return query.response;
    const page = pageRequestOf(context, query.value);
    if (!page.ok) return page.response;
    const filter = filterOf(query.value);
    if (!filter.ok) return refuseFields(context, filter.errors);
    return pageAnswer(context, await store.measurements.list(filter.value, page.value), presentMeasurement);
  },
});

const filterOf = ({ model, accelerator }: MeasurementsQuery): Outcome<Partial<MeasuredReplica>> => {
  const chip = accelerator === undefined ? undefined : under("/accelerator", findAccelerator(accelerator));
  if (chip && !chip.ok) return chip;
  const described = model === undefined || /^config:[0-9a-f]{64}$/.test(model);
  const bundled = described ? undefined : under("/model", findBundledModel(model));
  if (bundled && !bundled.ok) return bundled;
  return succeed({ model: bundled?.value.id ?? model, accelerator: chip?.value.id });
};

const presentMeasurement = ({ id, document, importedAt }: StoredMeasurement): StoredMeasurementDocument => ({
  id,
  ...document,
  importedAt: importedAt.toISOString(),
});
