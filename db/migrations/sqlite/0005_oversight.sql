CREATE TABLE `assessments` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`plan` text DEFAULT '' NOT NULL,
	`indicators` text NOT NULL,
	`rules` text NOT NULL,
	`object_by` text,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assessments_title` ON `assessments` (`office`,`title`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`duty` text NOT NULL,
	`report` integer NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`message` text NOT NULL,
	`source` text,
	`hash` text,
	`hint` text,
	`at` integer NOT NULL,
	`looked_at` integer,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE INDEX `evidence_duty` ON `evidence` (`office`,`duty`,`report`);--> statement-breakpoint
CREATE INDEX `evidence_state` ON `evidence` (`office`,`state`);--> statement-breakpoint
CREATE INDEX `evidence_message` ON `evidence` (`office`,`message`);--> statement-breakpoint
CREATE TABLE `files` (
	`office` text NOT NULL,
	`hash` text NOT NULL,
	`size` integer NOT NULL,
	`type` text NOT NULL,
	`use` text NOT NULL,
	`at` integer NOT NULL,
	`erased_at` integer,
	PRIMARY KEY(`office`, `hash`)
);
--> statement-breakpoint
CREATE TABLE `papers` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`from_day` text,
	`to_day` text,
	`units` text NOT NULL,
	`plan` text DEFAULT '' NOT NULL,
	`content` text NOT NULL,
	`number` text DEFAULT '' NOT NULL,
	`signer` text DEFAULT '' NOT NULL,
	`signed_on` text,
	`hash` text,
	`natural` text NOT NULL,
	`at` integer NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `papers_natural` ON `papers` (`office`,`natural`);--> statement-breakpoint
CREATE INDEX `papers_at` ON `papers` (`office`,`at`);--> statement-breakpoint
CREATE TABLE `scores` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`assessment` text NOT NULL,
	`unit` text NOT NULL,
	`indicator` text NOT NULL,
	`own` integer,
	`proof` text DEFAULT '' NOT NULL,
	`given` integer,
	`third` integer,
	`reason` text DEFAULT '' NOT NULL,
	`objection` text,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scores_natural` ON `scores` (`office`,`assessment`,`unit`,`indicator`);--> statement-breakpoint
ALTER TABLE `duties` ADD `archived_on` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `follows` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `plan` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `follows` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `tasks_follows` ON `tasks` (`office`,`follows`);