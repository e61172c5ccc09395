ALTER TABLE "duties" ADD COLUMN "accepted_on" date;--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "asked" jsonb;--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "first_due_on" date;--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "before" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "cleared_on" date;--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "proofs" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "parts" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "away_until" date;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "substitute" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "muted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "proofs" jsonb DEFAULT '[]'::jsonb NOT NULL;