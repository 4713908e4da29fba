import type { CatalogSummary } from "@headroom/client";
import type { CatalogDocument } from "@headroom/core";
import type { ListedCatalog } from "@headroom/db";

export const presentCatalog = ({ id, asOf, description, offerCount, importedAt }: ListedCatalog): CatalogSummary => ({
  id,
  asOf,
  description,
  offers: offerCount,
  bundled: false,
  importedAt: importedAt.toISOString(),
});

export const presentBundledCatalog = ({ id, asOf, description, offers }: CatalogDocument): CatalogSummary => ({
  id,
  asOf,
  description,
  offers: offers.length,
  bundled: true,
  importedAt: null,
});
