ALTER TABLE `duties` ADD `accepted_on` text;--> statement-breakpoint
ALTER TABLE `duties` ADD `asked` text;--> statement-breakpoint
ALTER TABLE `duties` ADD `first_due_on` text;--> statement-breakpoint
ALTER TABLE `duties` ADD `before` text;--> statement-breakpoint
ALTER TABLE `duties` ADD `cleared_on` text;--> statement-breakpoint
ALTER TABLE `duties` ADD `proofs` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `duties` ADD `parts` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `away_until` text;--> statement-breakpoint
ALTER TABLE `people` ADD `substitute` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `rooms` ADD `muted_until` integer;--> statement-breakpoint
ALTER TABLE `tasks` ADD `proofs` text DEFAULT '[]' NOT NULL;