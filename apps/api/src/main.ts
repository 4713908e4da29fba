import { destination, pino } from "pino";
import { readEnvironment } from "./environment.ts";
import { serve } from "./serve.ts";

const standardError = 2;

try {
  const environment = readEnvironment(process.env);
  const log = pino({ name: "api", level: environment.LOG_LEVEL }, destination(standardError));
  const api = await serve(environment, log);
  process.stdout.write(`ready ${api.address}\n`);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.once(signal, async () => {
      await api.stop();
      process.exit(0);
    });
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
