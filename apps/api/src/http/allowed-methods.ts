import type { Operation } from "./operation.ts";

/** The methods of the operations on a path; none where there is no such path. */
export const allowedMethods = (operations: readonly Operation[], path: string): string[] =>
  operations
    .filter((operation) => patternOf(operation).test(path))
    .flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));

const patternOf = ({ path }: Operation): RegExp => new RegExp(`^${path.replaceAll(".", "\\.").replace("{id}", "[^/]+")}$`);
