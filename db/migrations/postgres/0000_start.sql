CREATE TABLE "codes" (
	"office" text COLLATE "C" NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "codes_office_digest_pk" PRIMARY KEY("office","digest")
);
--> statement-breakpoint
CREATE TABLE "days" (
	"office" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	CONSTRAINT "days_office_day_pk" PRIMARY KEY("office","day")
);
--> statement-breakpoint
CREATE TABLE "dialogues" (
	"office" text COLLATE "C" NOT NULL,
	"room" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"ask" jsonb NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dialogues_office_room_person_pk" PRIMARY KEY("office","room","person")
);
--> statement-breakpoint
CREATE TABLE "duties" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"plan" text COLLATE "C" NOT NULL,
	"task" text COLLATE "C" NOT NULL,
	"ord" integer NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"demand" integer NOT NULL,
	"round" text COLLATE "C" NOT NULL,
	"due_on" date,
	"due_at" timestamp (3) with time zone,
	"provisional" boolean DEFAULT false NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"claim_by" date,
	"named" boolean NOT NULL,
	"disclaimed" boolean DEFAULT false NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"approved" integer DEFAULT 0 NOT NULL,
	"reported_on" date,
	"closed_on" date,
	"set_due_on" date,
	"owed_on" date,
	"late" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "duties_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "facts" (
	"office" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"body" jsonb NOT NULL,
	"words" jsonb,
	"words_digest" text COLLATE "C" DEFAULT '' NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"via" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"alg" text COLLATE "C" NOT NULL,
	"prev" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "facts_office_subject_id_seq_pk" PRIMARY KEY("office","subject","id","seq")
);
--> statement-breakpoint
CREATE TABLE "guards" (
	"office" text COLLATE "C" NOT NULL,
	"stale" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"office" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	CONSTRAINT "identities_office_key_pk" PRIMARY KEY("office","key")
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"office" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"zone" text COLLATE "C" NOT NULL,
	"level" text COLLATE "C" DEFAULT '' NOT NULL,
	"roster_version" integer DEFAULT 0 NOT NULL,
	"demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"lane" text COLLATE "C" NOT NULL,
	"room" text COLLATE "C" NOT NULL,
	"ord" text COLLATE "C" NOT NULL,
	"address" jsonb NOT NULL,
	"card" jsonb,
	"recipe" jsonb,
	"reply_handle" text COLLATE "C",
	"reply_until" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"lease_owner" text COLLATE "C",
	"lease_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text COLLATE "C",
	"ref" text COLLATE "C",
	"tasks" jsonb NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"units" jsonb NOT NULL,
	"charge" jsonb NOT NULL,
	"post" text COLLATE "C" DEFAULT '' NOT NULL,
	"mobile" text COLLATE "C" DEFAULT '' NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "people_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"document" jsonb NOT NULL,
	"digest" text COLLATE "C" NOT NULL,
	"questions" jsonb NOT NULL,
	"common" jsonb NOT NULL,
	"start_on" date,
	"released_at" timestamp (3) with time zone,
	"natural" text COLLATE "C" NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "plans_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"office" text COLLATE "C" NOT NULL,
	"app" text COLLATE "C" NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	"used" integer NOT NULL,
	CONSTRAINT "quotas_office_app_minute_pk" PRIMARY KEY("office","app","minute")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"office" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"answer" jsonb,
	CONSTRAINT "receipts_office_key_pk" PRIMARY KEY("office","key")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"office" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	"units" jsonb NOT NULL,
	"address" jsonb NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "rooms_office_key_pk" PRIMARY KEY("office","key")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"office" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"alg" text COLLATE "C" NOT NULL,
	"heads" integer NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"prev" text COLLATE "C" NOT NULL,
	"moved" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seals_office_day_pk" PRIMARY KEY("office","day")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"plan" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"ord" integer NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"section" jsonb NOT NULL,
	"deadlines" jsonb NOT NULL,
	"draft" jsonb NOT NULL,
	"secret" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "tasks_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE TABLE "units" (
	"office" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"short" jsonb NOT NULL,
	"level" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"members" jsonb,
	"origin" text COLLATE "C" NOT NULL,
	"leader" text COLLATE "C" DEFAULT '' NOT NULL,
	"head_name" text COLLATE "C" DEFAULT '' NOT NULL,
	"ord" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"head" text COLLATE "C" DEFAULT '' NOT NULL,
	CONSTRAINT "units_office_id_pk" PRIMARY KEY("office","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "duties_natural" ON "duties" USING btree ("office","task","unit","demand","round");--> statement-breakpoint
CREATE INDEX "duties_unit" ON "duties" USING btree ("office","unit","state","due_on");--> statement-breakpoint
CREATE INDEX "duties_state" ON "duties" USING btree ("office","state","due_on");--> statement-breakpoint
CREATE INDEX "duties_plan" ON "duties" USING btree ("office","plan");--> statement-breakpoint
CREATE INDEX "facts_at" ON "facts" USING btree ("office","at");--> statement-breakpoint
CREATE INDEX "identities_person" ON "identities" USING btree ("office","person");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("office","room","lane","state","ord");--> statement-breakpoint
CREATE INDEX "outbox_ref" ON "outbox" USING btree ("office","ref");--> statement-breakpoint
CREATE INDEX "people_mobile" ON "people" USING btree ("office","mobile");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_code" ON "plans" USING btree ("office","code");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_natural" ON "plans" USING btree ("office","natural");--> statement-breakpoint
CREATE INDEX "receipts_at" ON "receipts" USING btree ("office","at");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_number" ON "tasks" USING btree ("office","plan","number");--> statement-breakpoint
CREATE UNIQUE INDEX "units_name" ON "units" USING btree ("office","name");