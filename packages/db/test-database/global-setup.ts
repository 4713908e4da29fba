import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbeddedServer } from "../src/embedded-server/index.ts";
import { migrateDatabase } from "../src/migrate.ts";
import { createDatabase, dropDatabase, migrationsFolder, templateName } from "./template.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the server's maintenance database, from which test databases are made. */
    testServerUrl: string;
    testTemplate: string;
  }
}

/** One server for the whole run, with a migrated template that every test file clones. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await openServer();
  await createDatabase(server.url, templateName);
  const template = new URL(server.url);
  template.pathname = `/${templateName}`;
  await migrateDatabase(template.href, migrationsFolder);
  project.provide("testServerUrl", server.url);
  project.provide("testTemplate", templateName);
  return async () => {
    await dropDatabase(server.url, templateName);
    await server.close();
  };
};

const openServer = async (): Promise<{ url: string; close: () => Promise<void> }> => {
  const given = process.env.HEADROOM_TEST_DATABASE_URL;
  if (given !== undefined) return { url: given, close: async () => {} };
  const dataDirectory = await mkdtemp(join(tmpdir(), "headroom-test-"));
  // mkdtemp lets nobody else in, and as root the server runs as another account.
  await chmod(dataDirectory, 0o755);
  const server = await openEmbeddedServer({ dataDirectory, durability: "scratch" });
  return {
    url: server.url("postgres"),
    close: async () => {
      await server.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};
