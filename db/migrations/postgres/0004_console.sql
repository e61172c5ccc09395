CREATE TABLE "documents" (
	"office" text COLLATE "C" NOT NULL,
	"plan" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"part" integer NOT NULL,
	"lines" jsonb NOT NULL,
	CONSTRAINT "documents_office_plan_digest_part_pk" PRIMARY KEY("office","plan","digest","part")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"office" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "links_office_digest_pk" PRIMARY KEY("office","digest")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"via" text COLLATE "C" NOT NULL,
	"agent" text COLLATE "C" DEFAULT '' NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_digest" ON "sessions" USING btree ("office","digest");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("office","person","expires_at");--> statement-breakpoint
CREATE INDEX "facts_by" ON "facts" USING btree ("office","by","at");