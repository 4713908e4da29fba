import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledCatalogDocument } from "@headroom/catalog";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { catalogFor, keepCatalog, localCatalogs } from "./local-catalogs.ts";

const imported = { ...bundledCatalogDocument, id: "imported/2020", asOf: "2020-01-01" };

describe("the catalogs of this machine", () => {
  beforeEach(() => vi.stubEnv("HEADROOM_DATA_DIR", mkdtempSync(join(tmpdir(), "headroom-catalogs-"))));
  afterEach(() => vi.unstubAllEnvs());

  it("are the bundled one and those that were kept", () => {
    expect(localCatalogs().map(({ id }) => id)).toEqual([bundledCatalogDocument.id]);
    keepCatalog(imported);
    expect(localCatalogs().map(({ id }) => id)).toEqual([bundledCatalogDocument.id, imported.id]);
  });

  it("answer to their name, and to a date", () => {
    keepCatalog(imported);
    expect(catalogFor(undefined, { catalog: imported.id })).toMatchObject({ ok: true, value: { id: imported.id } });
    expect(catalogFor(undefined, { asOf: "2021-06-01" })).toMatchObject({ ok: true, value: { id: imported.id } });
    expect(catalogFor(undefined, {})).toMatchObject({ ok: true, value: { id: bundledCatalogDocument.id } });
  });

  it("name the field when there is no such catalog", () => {
    expect(catalogFor(undefined, { catalog: "tomorrow" })).toMatchObject({ ok: false, errors: [{ pointer: "/market/catalog" }] });
  });

  it("give way to a file", () => {
    const file = join(mkdtempSync(join(tmpdir(), "headroom-file-")), "mine.json");
    writeFileSync(file, JSON.stringify({ ...imported, id: "mine" }));
    expect(catalogFor(file, {})).toMatchObject({ ok: true, value: { id: "mine" } });
    expect(catalogFor(`${file}.missing`, {})).toMatchObject({ ok: false });
  });
});
