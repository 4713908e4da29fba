import { previewSchedule } from "@/lib/schedule/preview-schedule.ts";

export const GET = (request: Request): Response => {
  const { searchParams } = new URL(request.url);
  return Response.json(previewSchedule({ cron: searchParams.get("cron") ?? "", timeZone: searchParams.get("timeZone") ?? "" }, new Date()));
};
