import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { type OpenDatabase, openDatabase } from "../src/open-database.ts";
import type {} from "./global-setup.ts";
import { createDatabase, dropDatabase } from "./template.ts";

export interface FreshDatabase extends OpenDatabase {
  readonly url: string;
}

/** A database of one's own, migrated and empty. `close` drops it. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const { url, drop } = await emptyOrClone(inject("testTemplate"));
  const { db, close } = openDatabase({ url, maxConnections: 10 });
  return {
    url,
    db,
    close: async () => {
      await close();
      await drop();
    },
  };
};

/** A database without any table. */
export const bareDatabase = (): Promise<{ url: string; drop: () => Promise<void> }> => emptyOrClone(undefined);

const emptyOrClone = async (template: string | undefined): Promise<{ url: string; drop: () => Promise<void> }> => {
  const serverUrl = inject("testServerUrl");
  const name = `test_${randomUUID()}`;
  await createDatabase(serverUrl, name, template);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => dropDatabase(serverUrl, name) };
};
