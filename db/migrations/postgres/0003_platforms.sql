CREATE TABLE "listeners" (
	"office" text COLLATE "C" NOT NULL,
	"app" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lost" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "listeners_office_app_pk" PRIMARY KEY("office","app")
);
--> statement-breakpoint
CREATE TABLE "shown" (
	"office" text COLLATE "C" NOT NULL,
	"duty" text COLLATE "C" NOT NULL,
	"message" text COLLATE "C" NOT NULL,
	CONSTRAINT "shown_office_duty_message_pk" PRIMARY KEY("office","duty","message")
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "edit" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "edits" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "webhook" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "shown_message" ON "shown" USING btree ("office","message");