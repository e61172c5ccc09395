CREATE TABLE "subscriptions" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"room" text COLLATE "C" NOT NULL,
	"address" jsonb NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"every" text COLLATE "C" NOT NULL,
	"on" integer,
	"at" text COLLATE "C" NOT NULL,
	"starts_on" date NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "subscriptions_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "planned" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "calendar" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "swept" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "offices" ADD COLUMN "head" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "batch" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "origin" text COLLATE "C" DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "units" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "asks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "tried_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "lapsed" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "overdue" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "duties_clock" ON "duties" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "outbox_turn" ON "outbox" USING btree ("office","state","lane","due_at","ord");--> statement-breakpoint
CREATE INDEX "outbox_doubt" ON "outbox" USING btree ("office","due_at","ord") WHERE "outbox"."tried_at" is not null and "outbox"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_batch" ON "outbox" USING btree ("office","batch","state");