const at = (variable: string): string =>
  `http://127.0.0.1:${process.env[variable] ?? `(${variable} is not set: run node test/e2e/run.mjs)`}`;

/** Where this run's servers listen. */
export const addresses = { api: at("HEADROOM_API_PORT"), dashboard: at("HEADROOM_DASHBOARD_PORT") };
