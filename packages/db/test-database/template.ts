import { fileURLToPath } from "node:url";
import postgres from "postgres";

export const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/** Of this run: two runs may share a server. */
export const templateName = `headroom_template_${process.pid}`;

export const createDatabase = (serverUrl: string, name: string, template?: string): Promise<void> =>
  onServer(serverUrl, (client) =>
    template === undefined ? client`create database ${client(name)}` : client`create database ${client(name)} template ${client(template)}`,
  );

export const dropDatabase = (serverUrl: string, name: string): Promise<void> =>
  onServer(serverUrl, (client) => client`drop database if exists ${client(name)} with (force)`);

const onServer = async (serverUrl: string, statement: (client: postgres.Sql) => PromiseLike<unknown>): Promise<void> => {
  const client = postgres(serverUrl, { max: 1, onnotice: () => {} });
  try {
    await statement(client);
  } finally {
    await client.end({ timeout: 5 });
  }
};
