import type { Plan } from "./plan-document.ts";
import { rowsByClass } from "./rows-by-class.ts";

export type Shares = Plan["routing"][number]["shares"];

/** The shares of a class in an hour, by line index; undefined where it is not routed exactly once in each hour. */
export type RouteOfClass = (hour: number) => Shares | undefined;

export const routesByClass = (routing: Plan["routing"]): ((service: string, className: string) => RouteOfClass) => {
  const rowsOf = rowsByClass(routing);
  const routes = new Map<readonly Plan["routing"][number][], RouteOfClass>();
  return (service, className) => {
    const rows = rowsOf(service, className);
    const route = routes.get(rows) ?? routeOf(rows);
    routes.set(rows, route);
    return route;
  };
};

const routeOf = (rows: readonly Plan["routing"][number][]): RouteOfClass => {
  const always = rows.find(({ hour }) => hour === undefined);
  if (always) return rows.length === 1 ? () => always.shares : () => undefined;
  const byHour = new Map(rows.map(({ hour, shares }) => [hour, shares]));
  return byHour.size === rows.length ? (hour) => byHour.get(hour) : () => undefined;
};
