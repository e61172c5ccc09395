CREATE TABLE `listeners` (
	`office` text NOT NULL,
	`app` text NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL,
	`at` integer NOT NULL,
	`lost` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `app`)
);
--> statement-breakpoint
CREATE TABLE `shown` (
	`office` text NOT NULL,
	`duty` text NOT NULL,
	`message` text NOT NULL,
	PRIMARY KEY(`office`, `duty`, `message`)
);
--> statement-breakpoint
CREATE INDEX `shown_message` ON `shown` (`office`,`message`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `edit` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `edits` text;--> statement-breakpoint
ALTER TABLE `rooms` ADD `webhook` text DEFAULT '' NOT NULL;