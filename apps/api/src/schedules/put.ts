import { defaultSwitchThresholdShare, scheduleDocument, scheduleRequest } from "@headroom/client";
import { checkCron } from "@headroom/db";
import type { Dependencies } from "../dependencies.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { pathId } from "../http/path-id.ts";
import { readBody } from "../http/read-body.ts";
import { notFound, refuseFields } from "../http/refuse.ts";
import { presentSchedule } from "./present-schedule.ts";

export const putScheduleOperation = ({ store, leastSecondsBetweenRuns }: Dependencies): Operation => ({
  method: "put",
  path: "/v1/plans/{id}/schedule",
  tag: "Schedules",
  summary: "Solve a plan again and again, on the newest prices",
  body: scheduleRequest,
  answers: { 200: { description: "The schedule as it now is.", schema: scheduleDocument } },
  problems: [...bodyProblems, "not-found"],
  handle: async (context) => {
    const body = await readBody(context, scheduleRequest);
    if (!body.ok) return body.response;
    const { switchThresholdShare = defaultSwitchThresholdShare, enabled = true, ...wish } = body.value;
    const now = await store.now();
    const cron = checkCron(wish, now, { leastSecondsApart: leastSecondsBetweenRuns });
    if (!cron.ok) return refuseFields(context, cron.errors);
    const planId = pathId(context);
    const schedule = planId === undefined ? undefined : await store.schedules.put({ planId, ...cron.value, switchThresholdShare, enabled });
    return schedule ? context.json(presentSchedule(schedule, now)) : notFound(context, "plan");
  },
});
