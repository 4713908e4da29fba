import { randomBytes, randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The server's password, made at the first start and readable by our account alone. */
export const keptPassword = async (dataDirectory: string): Promise<string> => {
  const file = join(dataDirectory, "postgres-password");
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, randomBytes(24).toString("hex"), { mode: 0o600 });
  // Of two first starts one makes the file whole and at once, and the other reads it.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(draft);
  return (await readFile(file, "utf8")).trim();
};
