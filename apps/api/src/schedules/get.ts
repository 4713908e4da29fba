import { scheduleDocument } from "@headroom/client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { notFound } from "../http/refuse.ts";
import { presentSchedule } from "./present-schedule.ts";

export const getScheduleOperation = ({ store }: Dependencies): Operation => ({
  method: "get",
  path: "/v1/plans/{id}/schedule",
  tag: "Schedules",
  summary: "When a plan is solved again",
  answers: { 200: { description: "The schedule, with its next five times.", schema: scheduleDocument } },
  problems: ["not-found"],
  handle: async (context) => {
    const planId = pathId(context);
    const schedule = planId === undefined ? undefined : await store.schedules.get(planId);
    return schedule ? context.json(presentSchedule(schedule, await store.now())) : notFound(context, "schedule");
  },
});
