import { type BuyingRules, type ServiceNeed, toUsd } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import { weightsOf } from "../formulate/formulate-fleet.ts";
import type { HourGroup } from "../formulate/hour-groups.ts";
import type { FleetProblem } from "./fleet.ts";
import {
  amongLines,
  carriedBy,
  type HourToPack,
  type Layout,
  type Line,
  layoutOf,
  packed,
  packHour,
  packingCost,
  usedOn,
} from "./pack-hour.ts";
import type { ReplicaCounts } from "./settle-pools.ts";

interface Question {
  readonly needs: readonly ServiceNeed[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
  /** Units whose instances several services may share. */
  readonly shareable: readonly BuyableUnit[];
  readonly replicas: ReplicaCounts;
  /** Less than whole: no offer is tried beside those in use. */
  readonly effort: FleetProblem["effort"];
}

/**
 * A fleet made to share its instances: first the commitments, which hold the same replicas in every hour; then what is free on
 * these goes to services that buy by the hour; then each hour by itself. Never dearer than the fleet it begins with.
 */
export const consolidate = (question: Question): ReplicaCounts => {
  const { before, after, replicas } = packWeek(question);
  return after < before * (1 - 1e-9) ? replicas : question.replicas;
};

/** A fleet that shares its instances already, without the replicas that no load needs. */
export const withoutSpare = (question: Question): ReplicaCounts => {
  const { before, after, replicas } = packWeek(question);
  return after <= before * (1 + 1e-9) ? replicas : question.replicas;
};

const packWeek = (question: Question) => {
  const scene = sceneOf(question);
  const committed = fillCommitments(scene, packCommitments(scene));
  const hours = question.groups.map((_, group) => packGroup(scene, committed, group));
  return {
    before: costOf(scene, scene.start),
    after: costOf(scene, hours),
    replicas: new Map(scene.layout.lines.map(({ unit }, line) => [unit, hours.map((replicas) => replicas[line] ?? 0)])),
  };
};

interface Scene extends Question {
  readonly layout: Layout;
  readonly weights: readonly number[];
  /** By group and line. */
  readonly start: readonly (readonly number[])[];
  /** Services that some hour serves only by routing each class apart; their replicas stay. */
  readonly rigid: readonly boolean[];
  readonly hourlySites: readonly number[];
}

const sceneOf = (question: Question): Scene => {
  const { needs, groups, shareable, replicas: before } = question;
  const used = [...before].flatMap(([unit, counts]) => (counts.some((count) => count > 0) ? [unit] : []));
  const offers = new Set([...used.map(({ offer }) => offer), ...likelyOffers(question)]);
  const units = [...new Set([...used, ...shareable.filter(({ offer }) => offers.has(offer))])];
  const layout = layoutOf(units, new Set(shareable), needs);
  const start = groups.map((_, group) => units.map((unit) => before.get(unit)?.[group] ?? 0));
  const rigid = needs.map((_, need) =>
    groups.some(({ loads }, group) => carriedBy(layout, start[group] ?? [], need) < (loads[need] ?? 0) * (1 - 1e-12)),
  );
  const hourlySites = layout.sites.flatMap(({ unit, lines }, site) => (!unit.committed && lines.length > 1 ? [site] : []));
  return { ...question, layout, weights: weightsOf(groups), start, rigid, hourlySites };
};

/** So many offers beside those in use are tried. */
const mostOffers = 3;

/** By the hour, those whose price for what they carry is nearest to each service's best. */
const likelyOffers = ({ needs, shareable, rules, effort }: Question): BuyableUnit["offer"][] => {
  if (effort !== "whole") return [];
  const perLoad = (unit: BuyableUnit) => toUsd(unit.price) / unit.mixCapacity;
  const hourly = shareable.filter(({ committed, spot }) => !committed && !(spot && rules.spotMaxShare < 1));
  const best = needs.map((need) => Math.min(...hourly.filter(({ candidate }) => candidate.need === need).map(perLoad)));
  const ratios = new Map<BuyableUnit["offer"], number[]>();
  for (const unit of hourly) {
    const own = ratios.get(unit.offer) ?? [];
    own.push(perLoad(unit) / (best[needs.indexOf(unit.candidate.need)] ?? 1));
    ratios.set(unit.offer, own);
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [...ratios]
    .toSorted(([a, own], [b, other]) => mean(own) - mean(other) || (a.id < b.id ? -1 : 1))
    .slice(0, mostOffers)
    .map(([offer]) => offer);
};

const isCommittedLine = ({ layout }: Scene, line: number): boolean => layout.lines[line]?.unit.committed ?? false;

/** Only commitments, or only what is bought by the hour. */
const partOf = (scene: Scene, replicas: readonly number[], kind: "committed" | "hourly"): number[] =>
  replicas.map((count, line) => (isCommittedLine(scene, line) === (kind === "committed") ? count : 0));

/** The commitments as one hour whose loads are the most that anything by the hour leaves to them. */
const packCommitments = (scene: Scene): readonly number[] => {
  const { layout, groups, start, rigid, needs } = scene;
  const committed = partOf(scene, start[0] ?? [], "committed");
  if (committed.every((count) => count === 0)) return committed;
  const hourly = start.map((replicas) => partOf(scene, replicas, "hourly"));
  const loads = needs.map((_, need) =>
    rigid[need]
      ? undefined
      : Math.max(0, ...groups.map((group, at) => (group.loads[need] ?? 0) - carriedBy(layout, hourly[at] ?? [], need))),
  );
  const besides = hourly.map((replicas) => packed(layout, replicas).instances);
  const keeps = (instances: readonly number[]) =>
    besides.every((ofHour) =>
      keepsRules(
        scene,
        instances.map((count, site) => count + (ofHour[site] ?? 0)),
      ),
    );
  const steady: HourToPack = { layout: amongLines(layout, ({ unit }) => unit.committed), loads, mayOpen: [], keepsRules: keeps };
  return packHour(steady, committed).replicas;
};

/** Free accelerators of commitments, to the services whose purchases by the hour they save most. */
const fillCommitments = (scene: Scene, committed: readonly number[]): readonly number[] => {
  const { layout, rigid } = scene;
  const replicas = [...committed];
  const { instances } = packed(layout, replicas);
  layout.sites.forEach((site, at) => {
    if (!site.unit.committed || site.lines.length < 2) return;
    const open = site.lines.filter((line) => !rigid[layout.lines[line]?.need ?? -1]);
    let room = site.accelerators * (instances[at] ?? 0) - usedOn(layout, site, replicas);
    for (;;) {
      const fitting = open.filter((line) => (layout.lines[line] as Line).size <= room);
      const worths = fitting.map((line) => worthOfOne(scene, replicas, line) / (layout.lines[line] as Line).size);
      const most = Math.max(0, ...worths);
      const line = fitting[worths.indexOf(most)];
      if (most <= 1e-9 || line === undefined) return;
      replicas[line] = (replicas[line] ?? 0) + 1;
      room -= (layout.lines[line] as Line).size;
    }
  });
  return replicas;
};

/** What a replica more in all hours saves by the hour: what it carries of the load, at the price of what carries that now. */
const worthOfOne = ({ layout, groups, weights, start }: Scene, committed: readonly number[], at: number): number => {
  const { need, carries } = layout.lines[at] as Line;
  const steady = carriedBy(layout, committed, need);
  return groups.reduce((sum, { loads }, group) => {
    const missing = Math.max(0, (loads[need] ?? 0) - steady);
    const dearest = layout.lines.reduce((most, line, index) => {
      if (line.need !== need || line.unit.committed || (start[group]?.[index] ?? 0) === 0) return most;
      return Math.max(most, toUsd(line.unit.price) / line.unit.mixCapacity);
    }, 0);
    return sum + (weights[group] ?? 0) * dearest * Math.min(carries, missing);
  }, 0);
};

const packGroup = (scene: Scene, committed: readonly number[], group: number): readonly number[] => {
  const { layout, start, groups, rigid, needs, hourlySites, effort } = scene;
  const hourly = partOf(scene, start[group] ?? [], "hourly");
  const loads = needs.map((_, need) =>
    rigid[need] ? undefined : Math.max(0, (groups[group]?.loads[need] ?? 0) - carriedBy(layout, committed, need)),
  );
  const besides = packed(layout, committed).instances;
  const keeps = (instances: readonly number[]) =>
    keepsRules(
      scene,
      instances.map((count, site) => count + (besides[site] ?? 0)),
    );
  const apart: HourToPack = {
    layout: amongLines(layout, ({ unit }) => !unit.committed),
    loads,
    mayOpen: effort === "whole" ? hourlySites : [],
    keepsRules: keeps,
  };
  const { replicas } = packHour(apart, hourly);
  return replicas.map((count, line) => count + (committed[line] ?? 0));
};

const keepsRules = ({ rules, layout: { sites } }: Scene, instances: readonly number[]): boolean => {
  const total = (size: (unit: BuyableUnit) => number) => sites.reduce((sum, { unit }, at) => sum + size(unit) * (instances[at] ?? 0), 0);
  const keepsQuotas = rules.quotas.every(
    ({ max, counts }, quota) =>
      total((unit) => (unit.quotas.includes(quota) ? (counts === "accelerators" ? unit.accelerators : unit.instances) : 0)) <= max,
  );
  const spot = total((unit) => (unit.spot ? unit.accelerators : 0));
  return keepsQuotas && (spot === 0 || spot <= rules.spotMaxShare * total(({ accelerators }) => accelerators) + 1e-9);
};

const costOf = ({ layout, weights }: Scene, hours: readonly (readonly number[])[]): number =>
  hours.reduce((sum, replicas, group) => sum + (weights[group] ?? 0) * packingCost(layout, packed(layout, replicas)), 0);
