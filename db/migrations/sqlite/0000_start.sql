CREATE TABLE `codes` (
	`office` text NOT NULL,
	`digest` text NOT NULL,
	`person` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`office`, `digest`)
);
--> statement-breakpoint
CREATE TABLE `days` (
	`office` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`office`, `day`)
);
--> statement-breakpoint
CREATE TABLE `dialogues` (
	`office` text NOT NULL,
	`room` text NOT NULL,
	`person` text NOT NULL,
	`ask` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`office`, `room`, `person`)
);
--> statement-breakpoint
CREATE TABLE `duties` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`plan` text NOT NULL,
	`task` text NOT NULL,
	`ord` integer NOT NULL,
	`unit` text NOT NULL,
	`role` text NOT NULL,
	`demand` integer NOT NULL,
	`round` text NOT NULL,
	`due_on` text,
	`due_at` integer,
	`provisional` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`claim_by` text,
	`named` integer NOT NULL,
	`disclaimed` integer DEFAULT false NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`approved` integer DEFAULT 0 NOT NULL,
	`reported_on` text,
	`closed_on` text,
	`set_due_on` text,
	`owed_on` text,
	`late` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `duties_natural` ON `duties` (`office`,`task`,`unit`,`demand`,`round`);--> statement-breakpoint
CREATE INDEX `duties_unit` ON `duties` (`office`,`unit`,`state`,`due_on`);--> statement-breakpoint
CREATE INDEX `duties_state` ON `duties` (`office`,`state`,`due_on`);--> statement-breakpoint
CREATE INDEX `duties_plan` ON `duties` (`office`,`plan`);--> statement-breakpoint
CREATE TABLE `facts` (
	`office` text NOT NULL,
	`subject` text NOT NULL,
	`id` text NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`words` text,
	`words_digest` text DEFAULT '' NOT NULL,
	`by` text NOT NULL,
	`via` text NOT NULL,
	`at` integer NOT NULL,
	`alg` text NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`office`, `subject`, `id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `facts_at` ON `facts` (`office`,`at`);--> statement-breakpoint
CREATE TABLE `guards` (
	`office` text NOT NULL,
	`stale` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`office` text NOT NULL,
	`key` text NOT NULL,
	`person` text NOT NULL,
	PRIMARY KEY(`office`, `key`)
);
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`office`,`person`);--> statement-breakpoint
CREATE TABLE `offices` (
	`office` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`level` text DEFAULT '' NOT NULL,
	`roster_version` integer DEFAULT 0 NOT NULL,
	`demo` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`lane` text NOT NULL,
	`room` text NOT NULL,
	`ord` text NOT NULL,
	`address` text NOT NULL,
	`card` text,
	`recipe` text,
	`reply_handle` text,
	`reply_until` integer,
	`due_at` integer NOT NULL,
	`valid_until` integer NOT NULL,
	`state` text NOT NULL,
	`lease_owner` text,
	`lease_until` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`ref` text,
	`tasks` text NOT NULL,
	`settled_at` integer,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`office`,`room`,`lane`,`state`,`ord`);--> statement-breakpoint
CREATE INDEX `outbox_ref` ON `outbox` (`office`,`ref`);--> statement-breakpoint
CREATE TABLE `people` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`units` text NOT NULL,
	`charge` text NOT NULL,
	`post` text DEFAULT '' NOT NULL,
	`mobile` text DEFAULT '' NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE INDEX `people_mobile` ON `people` (`office`,`mobile`);--> statement-breakpoint
CREATE TABLE `plans` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`code` text NOT NULL,
	`state` text NOT NULL,
	`document` text NOT NULL,
	`digest` text NOT NULL,
	`questions` text NOT NULL,
	`common` text NOT NULL,
	`start_on` text,
	`released_at` integer,
	`natural` text NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plans_code` ON `plans` (`office`,`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `plans_natural` ON `plans` (`office`,`natural`);--> statement-breakpoint
CREATE TABLE `quotas` (
	`office` text NOT NULL,
	`app` text NOT NULL,
	`minute` integer NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`office`, `app`, `minute`)
);
--> statement-breakpoint
CREATE TABLE `receipts` (
	`office` text NOT NULL,
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`answer` text,
	PRIMARY KEY(`office`, `key`)
);
--> statement-breakpoint
CREATE INDEX `receipts_at` ON `receipts` (`office`,`at`);--> statement-breakpoint
CREATE TABLE `rooms` (
	`office` text NOT NULL,
	`key` text NOT NULL,
	`scope` text NOT NULL,
	`units` text NOT NULL,
	`address` text NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `key`)
);
--> statement-breakpoint
CREATE TABLE `seals` (
	`office` text NOT NULL,
	`day` text NOT NULL,
	`alg` text NOT NULL,
	`heads` integer NOT NULL,
	`hash` text NOT NULL,
	`prev` text NOT NULL,
	`moved` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`office`, `day`)
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`plan` text NOT NULL,
	`number` text NOT NULL,
	`ord` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`section` text NOT NULL,
	`deadlines` text NOT NULL,
	`draft` text NOT NULL,
	`secret` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_number` ON `tasks` (`office`,`plan`,`number`);--> statement-breakpoint
CREATE TABLE `units` (
	`office` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`short` text NOT NULL,
	`level` text NOT NULL,
	`kind` text NOT NULL,
	`members` text,
	`origin` text NOT NULL,
	`leader` text DEFAULT '' NOT NULL,
	`head_name` text DEFAULT '' NOT NULL,
	`ord` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`head` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`office`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_name` ON `units` (`office`,`name`);