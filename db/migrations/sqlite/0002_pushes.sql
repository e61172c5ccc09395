CREATE TABLE `subscriptions` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`room` text NOT NULL,
	`address` text NOT NULL,
	`person` text NOT NULL,
	`content` text NOT NULL,
	`every` text NOT NULL,
	`on` integer,
	`at` text NOT NULL,
	`starts_on` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
ALTER TABLE `offices` ADD `settings` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `offices` ADD `planned` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `offices` ADD `calendar` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `offices` ADD `swept` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `offices` ADD `version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `offices` ADD `head` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `batch` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `origin` text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `units` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `asks` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `tried_at` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `lapsed` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_turn` ON `outbox` (`office`,`state`,`lane`,`due_at`,`ord`);--> statement-breakpoint
CREATE INDEX `outbox_doubt` ON `outbox` (`office`,`due_at`,`ord`) WHERE "outbox"."tried_at" is not null and "outbox"."settled_at" is null;--> statement-breakpoint
CREATE INDEX `outbox_batch` ON `outbox` (`office`,`batch`,`state`);--> statement-breakpoint
ALTER TABLE `rooms` ADD `since` integer;--> statement-breakpoint
ALTER TABLE `rooms` ADD `overdue` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `duties_clock` ON `duties` (`due_at`);