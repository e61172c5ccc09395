ALTER TABLE `offices` ADD `wakes` integer;--> statement-breakpoint
CREATE INDEX `offices_wakes` ON `offices` (`wakes`);--> statement-breakpoint
CREATE INDEX `evidence_waiting` ON `evidence` (`office`) WHERE "evidence"."state" = 'waiting';