CREATE TABLE "annuals" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"year" integer NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "annuals_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"year" integer NOT NULL,
	"ord" integer NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" DEFAULT '' NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"due" text COLLATE "C",
	"provisional" boolean DEFAULT false NOT NULL,
	"events" jsonb NOT NULL,
	"secret" jsonb,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "cases_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"theme" text COLLATE "C" NOT NULL,
	"count" integer,
	"on_day" date NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "tallies_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "annuals_year" ON "annuals" USING btree ("office","year");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_number" ON "cases" USING btree ("office","kind","year","ord");--> statement-breakpoint
CREATE INDEX "cases_state" ON "cases" USING btree ("office","kind","state","due");--> statement-breakpoint
CREATE INDEX "cases_due" ON "cases" USING btree ("office","closed_on","due");--> statement-breakpoint
CREATE INDEX "cases_unit" ON "cases" USING btree ("office","unit","closed_on");--> statement-breakpoint
CREATE INDEX "cases_hours" ON "cases" USING btree ("office","due","closed_on") WHERE "cases"."closed_on" is null and length("cases"."due") > 10;--> statement-breakpoint
CREATE UNIQUE INDEX "tallies_natural" ON "tallies" USING btree ("office","period","unit","channel","theme");