import { createServer } from "node:net";

/**
 * The port that `variable` names, which must be free, or the first free one from `fallback` on. A port that another
 * process holds is never reused: its answers would be taken for ours.
 */
export const choosePort = async (variable, fallback) => {
  const wanted = process.env[variable];
  if (wanted !== undefined) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${variable} must be a port number, not "${wanted}"`);
    if (!(await isFree(port))) throw new Error(`port ${port} is taken: set ${variable} to a free one`);
    return port;
  }
  for (let port = fallback; port < fallback + 100; port++) if (await isFree(port)) return port;
  throw new Error(`no free port from ${fallback} to ${fallback + 99}: set ${variable}`);
};

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
