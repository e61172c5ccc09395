CREATE TABLE `annuals` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`year` integer NOT NULL,
	`form` text NOT NULL,
	`content` text NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `annuals_year` ON `annuals` (`office`,`year`);--> statement-breakpoint
CREATE TABLE `cases` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`year` integer NOT NULL,
	`ord` integer NOT NULL,
	`title` text NOT NULL,
	`unit` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`opened_on` text NOT NULL,
	`closed_on` text,
	`due` text,
	`provisional` integer DEFAULT false NOT NULL,
	`events` text NOT NULL,
	`secret` text,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`office`,`kind`,`year`,`ord`);--> statement-breakpoint
CREATE INDEX `cases_state` ON `cases` (`office`,`kind`,`state`,`due`);--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`office`,`closed_on`,`due`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`office`,`unit`,`closed_on`);--> statement-breakpoint
CREATE INDEX `cases_hours` ON `cases` (`office`,`due`,`closed_on`) WHERE "cases"."closed_on" is null and length("cases"."due") > 10;--> statement-breakpoint
CREATE TABLE `tallies` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`unit` text NOT NULL,
	`period` text NOT NULL,
	`channel` text NOT NULL,
	`theme` text NOT NULL,
	`count` integer,
	`on_day` text NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tallies_natural` ON `tallies` (`office`,`period`,`unit`,`channel`,`theme`);