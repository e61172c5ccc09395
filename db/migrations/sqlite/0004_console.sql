CREATE TABLE `documents` (
	`office` text NOT NULL,
	`plan` text NOT NULL,
	`digest` text NOT NULL,
	`part` integer NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`office`, `plan`, `digest`, `part`)
);
--> statement-breakpoint
CREATE TABLE `links` (
	`office` text NOT NULL,
	`digest` text NOT NULL,
	`person` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`office`, `digest`)
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`digest` text NOT NULL,
	`person` text NOT NULL,
	`via` text NOT NULL,
	`agent` text DEFAULT '' NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_digest` ON `sessions` (`office`,`digest`);--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`office`,`person`,`expires_at`);--> statement-breakpoint
CREATE INDEX `facts_by` ON `facts` (`office`,`by`,`at`);