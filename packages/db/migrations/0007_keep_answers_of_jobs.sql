ALTER TABLE "jobs" DROP CONSTRAINT "jobs_kind_check";
--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_kind_check" CHECK ("kind" IN ('plan', 'frontier', 'scenarios'));
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "answer" json;
--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_answer_check" CHECK ("answer" IS NULL OR ("kind" <> 'plan' AND "status" = 'done'));
