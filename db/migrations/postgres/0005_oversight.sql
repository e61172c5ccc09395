CREATE TABLE "assessments" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"plan" text COLLATE "C" DEFAULT '' NOT NULL,
	"indicators" jsonb NOT NULL,
	"rules" jsonb NOT NULL,
	"object_by" date,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "assessments_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "evidence" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"duty" text COLLATE "C" NOT NULL,
	"report" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"message" text COLLATE "C" NOT NULL,
	"source" jsonb,
	"hash" text COLLATE "C",
	"hint" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	"looked_at" timestamp (3) with time zone,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "evidence_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "files" (
	"office" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"size" integer NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"use" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "files_office_hash_pk" PRIMARY KEY("office","hash")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"from_day" date,
	"to_day" date,
	"units" jsonb NOT NULL,
	"plan" text COLLATE "C" DEFAULT '' NOT NULL,
	"content" jsonb NOT NULL,
	"number" text COLLATE "C" DEFAULT '' NOT NULL,
	"signer" text COLLATE "C" DEFAULT '' NOT NULL,
	"signed_on" date,
	"hash" text COLLATE "C",
	"natural" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "papers_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"assessment" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"indicator" text COLLATE "C" NOT NULL,
	"own" integer,
	"proof" text COLLATE "C" DEFAULT '' NOT NULL,
	"given" integer,
	"third" integer,
	"reason" text COLLATE "C" DEFAULT '' NOT NULL,
	"objection" jsonb,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "scores_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
ALTER TABLE "duties" ADD COLUMN "archived_on" date;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "follows" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "plan" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "follows" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "assessments_title" ON "assessments" USING btree ("office","title");--> statement-breakpoint
CREATE INDEX "evidence_duty" ON "evidence" USING btree ("office","duty","report");--> statement-breakpoint
CREATE INDEX "evidence_state" ON "evidence" USING btree ("office","state");--> statement-breakpoint
CREATE INDEX "evidence_message" ON "evidence" USING btree ("office","message");--> statement-breakpoint
CREATE UNIQUE INDEX "papers_natural" ON "papers" USING btree ("office","natural");--> statement-breakpoint
CREATE INDEX "papers_at" ON "papers" USING btree ("office","at");--> statement-breakpoint
CREATE UNIQUE INDEX "scores_natural" ON "scores" USING btree ("office","assessment","unit","indicator");--> statement-breakpoint
CREATE INDEX "tasks_follows" ON "tasks" USING btree ("office","follows");