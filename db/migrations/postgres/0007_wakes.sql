ALTER TABLE "offices" ADD COLUMN "wakes" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "evidence_waiting" ON "evidence" USING btree ("office") WHERE "evidence"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "offices_wakes" ON "offices" USING btree ("wakes");