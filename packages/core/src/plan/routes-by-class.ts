import type { Plan } from "./plan-document.ts";

export type Shares = Plan["routing"][number]["shares"];

/** The shares of a class in an hour, by line index; undefined where it is not routed exactly once in each hour. */
export type RouteOfClass = (hour: number) => Shares | undefined;

/** The routing of each class of each service, read once for all lines. */
export const routesByClass = (routing: Plan["routing"]): ((service: string, className: string) => RouteOfClass) => {
  const rows = new Map<string, Plan["routing"]>();
  for (const route of routing) {
    const key = keyOf(route.service, route.class);
    const ofClass = rows.get(key);
    if (ofClass) ofClass.push(route);
    else rows.set(key, [route]);
  }
  const routes = new Map([...rows].map(([key, ofClass]) => [key, routeOf(ofClass)]));
  return (service, className) => routes.get(keyOf(service, className)) ?? nowhere;
};

const nowhere: RouteOfClass = () => undefined;

const keyOf = (service: string, className: string): string => JSON.stringify([service, className]);

const routeOf = (rows: Plan["routing"]): RouteOfClass => {
  const always = rows.find(({ hour }) => hour === undefined);
  if (always) return rows.length === 1 ? () => always.shares : nowhere;
  const byHour = new Map(rows.map(({ hour, shares }) => [hour, shares]));
  return byHour.size === rows.length ? (hour) => byHour.get(hour) : nowhere;
};
