ALTER TABLE `offices` ADD `wakes` integer;--> statement-breakpoint
CREATE INDEX `offices_wakes` ON `offices` (`wakes`);