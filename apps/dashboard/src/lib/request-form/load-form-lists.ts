import type { Answer, CatalogSummary } from "@headroom/client";
import { apiClient } from "../api/api-client.ts";
import { formatCount, formatGib, formatParameters } from "../format/quantities.ts";
import type { FormLists } from "./form-lists.ts";

/** A catalog of more offers than this is not worth loading for the names in it. */
const mostOffers = 5000;

/** The names that the form suggests: models, accelerators, providers and regions of the newest catalog, and the catalogs. */
export const loadFormLists = async (): Promise<Answer<FormLists>> => {
  const client = apiClient();
  const [models, accelerators, catalogs] = await Promise.all([
    client.listModels(),
    client.listAccelerators(),
    client.listCatalogs({ limit: 200 }),
  ]);
  if (!models.ok) return models;
  if (!accelerators.ok) return accelerators;
  if (!catalogs.ok) return catalogs;
  const offers = await namedOffers(catalogs.value.items);
  return {
    ok: true,
    value: {
      models: models.value.models.map(({ id, parameters: { total, active } }) => ({
        value: id,
        note: total === active ? formatParameters(total) : `${formatParameters(total)}, ${formatParameters(active)} active`,
      })),
      accelerators: accelerators.value.accelerators.map(({ id, memoryGib }) => ({ value: id, note: `${formatGib(memoryGib)} GiB` })),
      ...offers,
      catalogs: catalogs.value.items.map(({ id, asOf, offers: count }) => ({
        value: id,
        label: `${asOf}, ${id}, ${formatCount(count)} offers`,
      })),
    },
  };
};

const namedOffers = async (catalogs: readonly CatalogSummary[]): Promise<Pick<FormLists, "providers" | "regions">> => {
  const [newest] = catalogs.filter(({ offers }) => offers <= mostOffers).toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1));
  const listed = newest && (await apiClient().listOffers({ catalog: newest.id }));
  const offers = listed?.ok ? listed.value.offers : [];
  const named = (pick: (offer: (typeof offers)[number]) => string): string[] => [...new Set(offers.map(pick))].toSorted();
  return { providers: named(({ provider }) => provider), regions: named(({ region }) => region) };
};
