import type { JobDocument } from "@headroom/client";
import type { Job, JobProblem } from "@headroom/db";
import { isProblemCode } from "../http/problems.ts";
import { problemOf } from "../http/refuse.ts";

export const presentJob = ({ id, kind, status, planId, answer, problem, createdAt, startedAt, finishedAt }: Job): JobDocument => ({
  id,
  kind,
  status,
  planId,
  answer,
  problem: problem && presentProblem(problem),
  createdAt: createdAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});

const presentProblem = ({ code, detail, errors }: JobProblem) =>
  problemOf(isProblemCode(code) ? code : "internal", { detail, ...(errors ? { errors } : {}) });
