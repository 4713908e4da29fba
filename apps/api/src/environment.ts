import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

const count = (most: number) => z.coerce.number().int().min(1).max(most);

const environment = z.object({
  HOST: z
    .string()
    .regex(loopback, "must be a loopback address (127.0.0.1, ::1 or localhost): this server asks for no key, so nothing else may reach it")
    .default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4310),
  DATABASE_URL: z.string({ error: "must be the address of a PostgreSQL database" }).min(1),
  HEADROOM_SOLVER_THREADS: count(256).default(Math.max(1, availableParallelism() - 1)),
  /** Of one solver thread: so much for JavaScript, and as much again for WebAssembly. */
  HEADROOM_SOLVER_MEMORY_MIB: count(65_536).default(1024),
  /** The built solver thread, where it does not lie beside this bundle. */
  HEADROOM_SOLVER_MODULE: z.string().default(fileURLToPath(new URL("solver-thread.mjs", import.meta.url))),
  HEADROOM_MIGRATIONS: z.string().default(fileURLToPath(new URL("migrations", import.meta.url))),
  HEADROOM_SCHEDULE_LEAST_SECONDS: count(86_400).default(60),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

export type Environment = z.output<typeof environment>;

/** Reads the process's environment; throws with every variable that is wrong. */
export const readEnvironment = (variables: NodeJS.ProcessEnv): Environment => {
  const read = environment.safeParse(variables);
  if (read.success) return read.data;
  throw new Error(read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
};
