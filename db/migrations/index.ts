// Written by embed.mjs (npm run migrations); not by hand.
import type { Migration } from '../store.ts'

export const migrations: Record<'sqlite' | 'postgres', readonly Migration[]> = {
  "sqlite": [
    {
      "name": "0000_start.sql",
      "statements": [
        "CREATE TABLE `codes` (\n\t`office` text NOT NULL,\n\t`digest` text NOT NULL,\n\t`person` text NOT NULL,\n\t`expires_at` integer NOT NULL,\n\t`used_at` integer,\n\tPRIMARY KEY(`office`, `digest`)\n);",
        "CREATE TABLE `days` (\n\t`office` text NOT NULL,\n\t`day` text NOT NULL,\n\t`kind` text NOT NULL,\n\tPRIMARY KEY(`office`, `day`)\n);",
        "CREATE TABLE `dialogues` (\n\t`office` text NOT NULL,\n\t`room` text NOT NULL,\n\t`person` text NOT NULL,\n\t`ask` text NOT NULL,\n\t`expires_at` integer NOT NULL,\n\tPRIMARY KEY(`office`, `room`, `person`)\n);",
        "CREATE TABLE `duties` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`plan` text NOT NULL,\n\t`task` text NOT NULL,\n\t`ord` integer NOT NULL,\n\t`unit` text NOT NULL,\n\t`role` text NOT NULL,\n\t`demand` integer NOT NULL,\n\t`round` text NOT NULL,\n\t`due_on` text,\n\t`due_at` integer,\n\t`provisional` integer DEFAULT false NOT NULL,\n\t`state` text NOT NULL,\n\t`claim_by` text,\n\t`named` integer NOT NULL,\n\t`disclaimed` integer DEFAULT false NOT NULL,\n\t`times` integer DEFAULT 1 NOT NULL,\n\t`approved` integer DEFAULT 0 NOT NULL,\n\t`reported_on` text,\n\t`closed_on` text,\n\t`set_due_on` text,\n\t`owed_on` text,\n\t`late` integer DEFAULT false NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `duties_natural` ON `duties` (`office`,`task`,`unit`,`demand`,`round`);",
        "CREATE INDEX `duties_unit` ON `duties` (`office`,`unit`,`state`,`due_on`);",
        "CREATE INDEX `duties_state` ON `duties` (`office`,`state`,`due_on`);",
        "CREATE INDEX `duties_plan` ON `duties` (`office`,`plan`);",
        "CREATE TABLE `facts` (\n\t`office` text NOT NULL,\n\t`subject` text NOT NULL,\n\t`id` text NOT NULL,\n\t`seq` integer NOT NULL,\n\t`kind` text NOT NULL,\n\t`body` text NOT NULL,\n\t`words` text,\n\t`words_digest` text DEFAULT '' NOT NULL,\n\t`by` text NOT NULL,\n\t`via` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`alg` text NOT NULL,\n\t`prev` text NOT NULL,\n\t`hash` text NOT NULL,\n\tPRIMARY KEY(`office`, `subject`, `id`, `seq`)\n);",
        "CREATE INDEX `facts_at` ON `facts` (`office`,`at`);",
        "CREATE TABLE `guards` (\n\t`office` text NOT NULL,\n\t`stale` integer NOT NULL\n);",
        "CREATE TABLE `identities` (\n\t`office` text NOT NULL,\n\t`key` text NOT NULL,\n\t`person` text NOT NULL,\n\tPRIMARY KEY(`office`, `key`)\n);",
        "CREATE INDEX `identities_person` ON `identities` (`office`,`person`);",
        "CREATE TABLE `offices` (\n\t`office` text PRIMARY KEY NOT NULL,\n\t`name` text NOT NULL,\n\t`zone` text NOT NULL,\n\t`level` text DEFAULT '' NOT NULL,\n\t`roster_version` integer DEFAULT 0 NOT NULL,\n\t`demo` integer DEFAULT false NOT NULL\n);",
        "CREATE TABLE `outbox` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`lane` text NOT NULL,\n\t`room` text NOT NULL,\n\t`ord` text NOT NULL,\n\t`address` text NOT NULL,\n\t`card` text,\n\t`recipe` text,\n\t`reply_handle` text,\n\t`reply_until` integer,\n\t`due_at` integer NOT NULL,\n\t`valid_until` integer NOT NULL,\n\t`state` text NOT NULL,\n\t`lease_owner` text,\n\t`lease_until` integer,\n\t`attempts` integer DEFAULT 0 NOT NULL,\n\t`error` text,\n\t`ref` text,\n\t`tasks` text NOT NULL,\n\t`settled_at` integer,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at`);",
        "CREATE INDEX `outbox_lane` ON `outbox` (`office`,`room`,`lane`,`state`,`ord`);",
        "CREATE INDEX `outbox_ref` ON `outbox` (`office`,`ref`);",
        "CREATE TABLE `people` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`name` text NOT NULL,\n\t`role` text NOT NULL,\n\t`units` text NOT NULL,\n\t`charge` text NOT NULL,\n\t`post` text DEFAULT '' NOT NULL,\n\t`mobile` text DEFAULT '' NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE INDEX `people_mobile` ON `people` (`office`,`mobile`);",
        "CREATE TABLE `plans` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`code` text NOT NULL,\n\t`state` text NOT NULL,\n\t`document` text NOT NULL,\n\t`digest` text NOT NULL,\n\t`questions` text NOT NULL,\n\t`common` text NOT NULL,\n\t`start_on` text,\n\t`released_at` integer,\n\t`natural` text NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `plans_code` ON `plans` (`office`,`code`);",
        "CREATE UNIQUE INDEX `plans_natural` ON `plans` (`office`,`natural`);",
        "CREATE TABLE `quotas` (\n\t`office` text NOT NULL,\n\t`app` text NOT NULL,\n\t`minute` integer NOT NULL,\n\t`used` integer NOT NULL,\n\tPRIMARY KEY(`office`, `app`, `minute`)\n);",
        "CREATE TABLE `receipts` (\n\t`office` text NOT NULL,\n\t`key` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`answer` text,\n\tPRIMARY KEY(`office`, `key`)\n);",
        "CREATE INDEX `receipts_at` ON `receipts` (`office`,`at`);",
        "CREATE TABLE `rooms` (\n\t`office` text NOT NULL,\n\t`key` text NOT NULL,\n\t`scope` text NOT NULL,\n\t`units` text NOT NULL,\n\t`address` text NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `key`)\n);",
        "CREATE TABLE `seals` (\n\t`office` text NOT NULL,\n\t`day` text NOT NULL,\n\t`alg` text NOT NULL,\n\t`heads` integer NOT NULL,\n\t`hash` text NOT NULL,\n\t`prev` text NOT NULL,\n\t`moved` text NOT NULL,\n\t`at` integer NOT NULL,\n\tPRIMARY KEY(`office`, `day`)\n);",
        "CREATE TABLE `tasks` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`plan` text NOT NULL,\n\t`number` text NOT NULL,\n\t`ord` integer NOT NULL,\n\t`kind` text NOT NULL,\n\t`text` text NOT NULL,\n\t`section` text NOT NULL,\n\t`deadlines` text NOT NULL,\n\t`draft` text NOT NULL,\n\t`secret` integer DEFAULT false NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `tasks_number` ON `tasks` (`office`,`plan`,`number`);",
        "CREATE TABLE `units` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`name` text NOT NULL,\n\t`short` text NOT NULL,\n\t`level` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`members` text,\n\t`origin` text NOT NULL,\n\t`leader` text DEFAULT '' NOT NULL,\n\t`head_name` text DEFAULT '' NOT NULL,\n\t`ord` integer DEFAULT 0 NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `units_name` ON `units` (`office`,`name`);"
      ]
    },
    {
      "name": "0001_life.sql",
      "statements": [
        "ALTER TABLE `duties` ADD `accepted_on` text;",
        "ALTER TABLE `duties` ADD `asked` text;",
        "ALTER TABLE `duties` ADD `first_due_on` text;",
        "ALTER TABLE `duties` ADD `before` text;",
        "ALTER TABLE `duties` ADD `cleared_on` text;",
        "ALTER TABLE `duties` ADD `proofs` text DEFAULT '[]' NOT NULL;",
        "ALTER TABLE `duties` ADD `parts` text DEFAULT '[]' NOT NULL;",
        "ALTER TABLE `people` ADD `away_until` text;",
        "ALTER TABLE `people` ADD `substitute` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `rooms` ADD `muted_until` integer;",
        "ALTER TABLE `tasks` ADD `proofs` text DEFAULT '[]' NOT NULL;"
      ]
    },
    {
      "name": "0002_pushes.sql",
      "statements": [
        "CREATE TABLE `subscriptions` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`room` text NOT NULL,\n\t`address` text NOT NULL,\n\t`person` text NOT NULL,\n\t`content` text NOT NULL,\n\t`every` text NOT NULL,\n\t`on` integer,\n\t`at` text NOT NULL,\n\t`starts_on` text NOT NULL,\n\t`active` integer DEFAULT true NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "ALTER TABLE `offices` ADD `settings` text DEFAULT '{}' NOT NULL;",
        "ALTER TABLE `offices` ADD `planned` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `offices` ADD `calendar` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `offices` ADD `swept` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `offices` ADD `version` integer DEFAULT 0 NOT NULL;",
        "ALTER TABLE `offices` ADD `head` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `outbox` ADD `batch` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `outbox` ADD `origin` text DEFAULT 'person' NOT NULL;",
        "ALTER TABLE `outbox` ADD `units` text DEFAULT '[]' NOT NULL;",
        "ALTER TABLE `outbox` ADD `asks` integer DEFAULT false NOT NULL;",
        "ALTER TABLE `outbox` ADD `tried_at` integer;",
        "ALTER TABLE `outbox` ADD `lapsed` integer DEFAULT 0 NOT NULL;",
        "CREATE INDEX `outbox_turn` ON `outbox` (`office`,`state`,`lane`,`due_at`,`ord`);",
        "CREATE INDEX `outbox_doubt` ON `outbox` (`office`,`due_at`,`ord`) WHERE \"outbox\".\"tried_at\" is not null and \"outbox\".\"settled_at\" is null;",
        "CREATE INDEX `outbox_batch` ON `outbox` (`office`,`batch`,`state`);",
        "ALTER TABLE `rooms` ADD `since` integer;",
        "ALTER TABLE `rooms` ADD `overdue` integer DEFAULT false NOT NULL;",
        "CREATE INDEX `duties_clock` ON `duties` (`due_at`);"
      ]
    },
    {
      "name": "0003_platforms.sql",
      "statements": [
        "CREATE TABLE `listeners` (\n\t`office` text NOT NULL,\n\t`app` text NOT NULL,\n\t`owner` text NOT NULL,\n\t`until` integer NOT NULL,\n\t`at` integer NOT NULL,\n\t`lost` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `app`)\n);",
        "CREATE TABLE `shown` (\n\t`office` text NOT NULL,\n\t`duty` text NOT NULL,\n\t`message` text NOT NULL,\n\tPRIMARY KEY(`office`, `duty`, `message`)\n);",
        "CREATE INDEX `shown_message` ON `shown` (`office`,`message`);",
        "ALTER TABLE `outbox` ADD `edit` text;",
        "ALTER TABLE `outbox` ADD `edits` text;",
        "ALTER TABLE `rooms` ADD `webhook` text DEFAULT '' NOT NULL;"
      ]
    },
    {
      "name": "0004_console.sql",
      "statements": [
        "CREATE TABLE `documents` (\n\t`office` text NOT NULL,\n\t`plan` text NOT NULL,\n\t`digest` text NOT NULL,\n\t`part` integer NOT NULL,\n\t`lines` text NOT NULL,\n\tPRIMARY KEY(`office`, `plan`, `digest`, `part`)\n);",
        "CREATE TABLE `links` (\n\t`office` text NOT NULL,\n\t`digest` text NOT NULL,\n\t`person` text NOT NULL,\n\t`expires_at` integer NOT NULL,\n\t`used_at` integer,\n\tPRIMARY KEY(`office`, `digest`)\n);",
        "CREATE TABLE `sessions` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`digest` text NOT NULL,\n\t`person` text NOT NULL,\n\t`via` text NOT NULL,\n\t`agent` text DEFAULT '' NOT NULL,\n\t`started_at` integer NOT NULL,\n\t`seen_at` integer NOT NULL,\n\t`expires_at` integer NOT NULL,\n\t`ended_at` integer,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `sessions_digest` ON `sessions` (`office`,`digest`);",
        "CREATE INDEX `sessions_person` ON `sessions` (`office`,`person`,`expires_at`);",
        "CREATE INDEX `facts_by` ON `facts` (`office`,`by`,`at`);"
      ]
    },
    {
      "name": "0005_oversight.sql",
      "statements": [
        "CREATE TABLE `assessments` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`state` text NOT NULL,\n\t`title` text NOT NULL,\n\t`from_day` text NOT NULL,\n\t`to_day` text NOT NULL,\n\t`plan` text DEFAULT '' NOT NULL,\n\t`indicators` text NOT NULL,\n\t`rules` text NOT NULL,\n\t`object_by` text,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `assessments_title` ON `assessments` (`office`,`title`);",
        "CREATE TABLE `evidence` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`duty` text NOT NULL,\n\t`report` integer NOT NULL,\n\t`kind` text NOT NULL,\n\t`state` text NOT NULL,\n\t`name` text NOT NULL,\n\t`message` text NOT NULL,\n\t`source` text,\n\t`hash` text,\n\t`hint` text,\n\t`at` integer NOT NULL,\n\t`looked_at` integer,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE INDEX `evidence_duty` ON `evidence` (`office`,`duty`,`report`);",
        "CREATE INDEX `evidence_state` ON `evidence` (`office`,`state`);",
        "CREATE INDEX `evidence_message` ON `evidence` (`office`,`message`);",
        "CREATE TABLE `files` (\n\t`office` text NOT NULL,\n\t`hash` text NOT NULL,\n\t`size` integer NOT NULL,\n\t`type` text NOT NULL,\n\t`use` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`erased_at` integer,\n\tPRIMARY KEY(`office`, `hash`)\n);",
        "CREATE TABLE `papers` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`state` text NOT NULL,\n\t`title` text NOT NULL,\n\t`from_day` text,\n\t`to_day` text,\n\t`units` text NOT NULL,\n\t`plan` text DEFAULT '' NOT NULL,\n\t`content` text NOT NULL,\n\t`number` text DEFAULT '' NOT NULL,\n\t`signer` text DEFAULT '' NOT NULL,\n\t`signed_on` text,\n\t`hash` text,\n\t`natural` text NOT NULL,\n\t`at` integer NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `papers_natural` ON `papers` (`office`,`natural`);",
        "CREATE INDEX `papers_at` ON `papers` (`office`,`at`);",
        "CREATE TABLE `scores` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`assessment` text NOT NULL,\n\t`unit` text NOT NULL,\n\t`indicator` text NOT NULL,\n\t`own` integer,\n\t`proof` text DEFAULT '' NOT NULL,\n\t`given` integer,\n\t`third` integer,\n\t`reason` text DEFAULT '' NOT NULL,\n\t`objection` text,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `scores_natural` ON `scores` (`office`,`assessment`,`unit`,`indicator`);",
        "ALTER TABLE `duties` ADD `archived_on` text;",
        "ALTER TABLE `plans` ADD `follows` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `rooms` ADD `plan` text DEFAULT '' NOT NULL;",
        "ALTER TABLE `tasks` ADD `follows` text DEFAULT '' NOT NULL;",
        "CREATE INDEX `tasks_follows` ON `tasks` (`office`,`follows`);"
      ]
    },
    {
      "name": "0006_registers.sql",
      "statements": [
        "CREATE TABLE `annuals` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`year` integer NOT NULL,\n\t`form` text NOT NULL,\n\t`content` text NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `annuals_year` ON `annuals` (`office`,`year`);",
        "CREATE TABLE `cases` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`kind` text NOT NULL,\n\t`year` integer NOT NULL,\n\t`ord` integer NOT NULL,\n\t`title` text NOT NULL,\n\t`unit` text DEFAULT '' NOT NULL,\n\t`state` text NOT NULL,\n\t`opened_on` text NOT NULL,\n\t`closed_on` text,\n\t`due` text,\n\t`provisional` integer DEFAULT false NOT NULL,\n\t`events` text NOT NULL,\n\t`secret` text,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `cases_number` ON `cases` (`office`,`kind`,`year`,`ord`);",
        "CREATE INDEX `cases_state` ON `cases` (`office`,`kind`,`state`,`due`);",
        "CREATE INDEX `cases_due` ON `cases` (`office`,`closed_on`,`due`);",
        "CREATE INDEX `cases_unit` ON `cases` (`office`,`unit`,`closed_on`);",
        "CREATE INDEX `cases_hours` ON `cases` (`office`,`due`,`closed_on`) WHERE \"cases\".\"closed_on\" is null and length(\"cases\".\"due\") > 10;",
        "CREATE TABLE `tallies` (\n\t`office` text NOT NULL,\n\t`id` text NOT NULL,\n\t`unit` text NOT NULL,\n\t`period` text NOT NULL,\n\t`channel` text NOT NULL,\n\t`theme` text NOT NULL,\n\t`count` integer,\n\t`on_day` text NOT NULL,\n\t`version` integer DEFAULT 0 NOT NULL,\n\t`head` text DEFAULT '' NOT NULL,\n\tPRIMARY KEY(`office`, `id`)\n);",
        "CREATE UNIQUE INDEX `tallies_natural` ON `tallies` (`office`,`period`,`unit`,`channel`,`theme`);"
      ]
    },
    {
      "name": "0007_wakes.sql",
      "statements": [
        "ALTER TABLE `offices` ADD `wakes` integer;",
        "CREATE INDEX `offices_wakes` ON `offices` (`wakes`);",
        "CREATE INDEX `evidence_waiting` ON `evidence` (`office`) WHERE \"evidence\".\"state\" = 'waiting';"
      ]
    }
  ],
  "postgres": [
    {
      "name": "0000_start.sql",
      "statements": [
        "CREATE TABLE \"codes\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"digest\" text COLLATE \"C\" NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\t\"expires_at\" timestamp (3) with time zone NOT NULL,\n\t\"used_at\" timestamp (3) with time zone,\n\tCONSTRAINT \"codes_office_digest_pk\" PRIMARY KEY(\"office\",\"digest\")\n);",
        "CREATE TABLE \"days\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"day\" date NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\tCONSTRAINT \"days_office_day_pk\" PRIMARY KEY(\"office\",\"day\")\n);",
        "CREATE TABLE \"dialogues\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"room\" text COLLATE \"C\" NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\t\"ask\" jsonb NOT NULL,\n\t\"expires_at\" timestamp (3) with time zone NOT NULL,\n\tCONSTRAINT \"dialogues_office_room_person_pk\" PRIMARY KEY(\"office\",\"room\",\"person\")\n);",
        "CREATE TABLE \"duties\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"plan\" text COLLATE \"C\" NOT NULL,\n\t\"task\" text COLLATE \"C\" NOT NULL,\n\t\"ord\" integer NOT NULL,\n\t\"unit\" text COLLATE \"C\" NOT NULL,\n\t\"role\" text COLLATE \"C\" NOT NULL,\n\t\"demand\" integer NOT NULL,\n\t\"round\" text COLLATE \"C\" NOT NULL,\n\t\"due_on\" date,\n\t\"due_at\" timestamp (3) with time zone,\n\t\"provisional\" boolean DEFAULT false NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"claim_by\" date,\n\t\"named\" boolean NOT NULL,\n\t\"disclaimed\" boolean DEFAULT false NOT NULL,\n\t\"times\" integer DEFAULT 1 NOT NULL,\n\t\"approved\" integer DEFAULT 0 NOT NULL,\n\t\"reported_on\" date,\n\t\"closed_on\" date,\n\t\"set_due_on\" date,\n\t\"owed_on\" date,\n\t\"late\" boolean DEFAULT false NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"duties_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"facts\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"subject\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"seq\" integer NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"body\" jsonb NOT NULL,\n\t\"words\" jsonb,\n\t\"words_digest\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"by\" text COLLATE \"C\" NOT NULL,\n\t\"via\" text COLLATE \"C\" NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"alg\" text COLLATE \"C\" NOT NULL,\n\t\"prev\" text COLLATE \"C\" NOT NULL,\n\t\"hash\" text COLLATE \"C\" NOT NULL,\n\tCONSTRAINT \"facts_office_subject_id_seq_pk\" PRIMARY KEY(\"office\",\"subject\",\"id\",\"seq\")\n);",
        "CREATE TABLE \"guards\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"stale\" integer NOT NULL\n);",
        "CREATE TABLE \"identities\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"key\" text COLLATE \"C\" NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\tCONSTRAINT \"identities_office_key_pk\" PRIMARY KEY(\"office\",\"key\")\n);",
        "CREATE TABLE \"offices\" (\n\t\"office\" text COLLATE \"C\" PRIMARY KEY NOT NULL,\n\t\"name\" text COLLATE \"C\" NOT NULL,\n\t\"zone\" text COLLATE \"C\" NOT NULL,\n\t\"level\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"roster_version\" integer DEFAULT 0 NOT NULL,\n\t\"demo\" boolean DEFAULT false NOT NULL\n);",
        "CREATE TABLE \"outbox\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"lane\" text COLLATE \"C\" NOT NULL,\n\t\"room\" text COLLATE \"C\" NOT NULL,\n\t\"ord\" text COLLATE \"C\" NOT NULL,\n\t\"address\" jsonb NOT NULL,\n\t\"card\" jsonb,\n\t\"recipe\" jsonb,\n\t\"reply_handle\" text COLLATE \"C\",\n\t\"reply_until\" timestamp (3) with time zone,\n\t\"due_at\" timestamp (3) with time zone NOT NULL,\n\t\"valid_until\" timestamp (3) with time zone NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"lease_owner\" text COLLATE \"C\",\n\t\"lease_until\" timestamp (3) with time zone,\n\t\"attempts\" integer DEFAULT 0 NOT NULL,\n\t\"error\" text COLLATE \"C\",\n\t\"ref\" text COLLATE \"C\",\n\t\"tasks\" jsonb NOT NULL,\n\t\"settled_at\" timestamp (3) with time zone,\n\tCONSTRAINT \"outbox_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"people\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"name\" text COLLATE \"C\" NOT NULL,\n\t\"role\" text COLLATE \"C\" NOT NULL,\n\t\"units\" jsonb NOT NULL,\n\t\"charge\" jsonb NOT NULL,\n\t\"post\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"mobile\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"people_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"plans\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"code\" text COLLATE \"C\" NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"document\" jsonb NOT NULL,\n\t\"digest\" text COLLATE \"C\" NOT NULL,\n\t\"questions\" jsonb NOT NULL,\n\t\"common\" jsonb NOT NULL,\n\t\"start_on\" date,\n\t\"released_at\" timestamp (3) with time zone,\n\t\"natural\" text COLLATE \"C\" NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"plans_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"quotas\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"app\" text COLLATE \"C\" NOT NULL,\n\t\"minute\" timestamp (3) with time zone NOT NULL,\n\t\"used\" integer NOT NULL,\n\tCONSTRAINT \"quotas_office_app_minute_pk\" PRIMARY KEY(\"office\",\"app\",\"minute\")\n);",
        "CREATE TABLE \"receipts\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"key\" text COLLATE \"C\" NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"answer\" jsonb,\n\tCONSTRAINT \"receipts_office_key_pk\" PRIMARY KEY(\"office\",\"key\")\n);",
        "CREATE TABLE \"rooms\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"key\" text COLLATE \"C\" NOT NULL,\n\t\"scope\" text COLLATE \"C\" NOT NULL,\n\t\"units\" jsonb NOT NULL,\n\t\"address\" jsonb NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"rooms_office_key_pk\" PRIMARY KEY(\"office\",\"key\")\n);",
        "CREATE TABLE \"seals\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"day\" date NOT NULL,\n\t\"alg\" text COLLATE \"C\" NOT NULL,\n\t\"heads\" integer NOT NULL,\n\t\"hash\" text COLLATE \"C\" NOT NULL,\n\t\"prev\" text COLLATE \"C\" NOT NULL,\n\t\"moved\" jsonb NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\tCONSTRAINT \"seals_office_day_pk\" PRIMARY KEY(\"office\",\"day\")\n);",
        "CREATE TABLE \"tasks\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"plan\" text COLLATE \"C\" NOT NULL,\n\t\"number\" text COLLATE \"C\" NOT NULL,\n\t\"ord\" integer NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"text\" text COLLATE \"C\" NOT NULL,\n\t\"section\" jsonb NOT NULL,\n\t\"deadlines\" jsonb NOT NULL,\n\t\"draft\" jsonb NOT NULL,\n\t\"secret\" boolean DEFAULT false NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"tasks_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"units\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"name\" text COLLATE \"C\" NOT NULL,\n\t\"short\" jsonb NOT NULL,\n\t\"level\" text COLLATE \"C\" NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"members\" jsonb,\n\t\"origin\" text COLLATE \"C\" NOT NULL,\n\t\"leader\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"head_name\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"ord\" integer DEFAULT 0 NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"units_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE UNIQUE INDEX \"duties_natural\" ON \"duties\" USING btree (\"office\",\"task\",\"unit\",\"demand\",\"round\");",
        "CREATE INDEX \"duties_unit\" ON \"duties\" USING btree (\"office\",\"unit\",\"state\",\"due_on\");",
        "CREATE INDEX \"duties_state\" ON \"duties\" USING btree (\"office\",\"state\",\"due_on\");",
        "CREATE INDEX \"duties_plan\" ON \"duties\" USING btree (\"office\",\"plan\");",
        "CREATE INDEX \"facts_at\" ON \"facts\" USING btree (\"office\",\"at\");",
        "CREATE INDEX \"identities_person\" ON \"identities\" USING btree (\"office\",\"person\");",
        "CREATE INDEX \"outbox_due\" ON \"outbox\" USING btree (\"state\",\"due_at\");",
        "CREATE INDEX \"outbox_lane\" ON \"outbox\" USING btree (\"office\",\"room\",\"lane\",\"state\",\"ord\");",
        "CREATE INDEX \"outbox_ref\" ON \"outbox\" USING btree (\"office\",\"ref\");",
        "CREATE INDEX \"people_mobile\" ON \"people\" USING btree (\"office\",\"mobile\");",
        "CREATE UNIQUE INDEX \"plans_code\" ON \"plans\" USING btree (\"office\",\"code\");",
        "CREATE UNIQUE INDEX \"plans_natural\" ON \"plans\" USING btree (\"office\",\"natural\");",
        "CREATE INDEX \"receipts_at\" ON \"receipts\" USING btree (\"office\",\"at\");",
        "CREATE UNIQUE INDEX \"tasks_number\" ON \"tasks\" USING btree (\"office\",\"plan\",\"number\");",
        "CREATE UNIQUE INDEX \"units_name\" ON \"units\" USING btree (\"office\",\"name\");"
      ]
    },
    {
      "name": "0001_life.sql",
      "statements": [
        "ALTER TABLE \"duties\" ADD COLUMN \"accepted_on\" date;",
        "ALTER TABLE \"duties\" ADD COLUMN \"asked\" jsonb;",
        "ALTER TABLE \"duties\" ADD COLUMN \"first_due_on\" date;",
        "ALTER TABLE \"duties\" ADD COLUMN \"before\" text COLLATE \"C\";",
        "ALTER TABLE \"duties\" ADD COLUMN \"cleared_on\" date;",
        "ALTER TABLE \"duties\" ADD COLUMN \"proofs\" jsonb DEFAULT '[]'::jsonb NOT NULL;",
        "ALTER TABLE \"duties\" ADD COLUMN \"parts\" jsonb DEFAULT '[]'::jsonb NOT NULL;",
        "ALTER TABLE \"people\" ADD COLUMN \"away_until\" date;",
        "ALTER TABLE \"people\" ADD COLUMN \"substitute\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"rooms\" ADD COLUMN \"muted_until\" timestamp (3) with time zone;",
        "ALTER TABLE \"tasks\" ADD COLUMN \"proofs\" jsonb DEFAULT '[]'::jsonb NOT NULL;"
      ]
    },
    {
      "name": "0002_pushes.sql",
      "statements": [
        "CREATE TABLE \"subscriptions\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"room\" text COLLATE \"C\" NOT NULL,\n\t\"address\" jsonb NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\t\"content\" text COLLATE \"C\" NOT NULL,\n\t\"every\" text COLLATE \"C\" NOT NULL,\n\t\"on\" integer,\n\t\"at\" text COLLATE \"C\" NOT NULL,\n\t\"starts_on\" date NOT NULL,\n\t\"active\" boolean DEFAULT true NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"subscriptions_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "ALTER TABLE \"offices\" ADD COLUMN \"settings\" jsonb DEFAULT '{}'::jsonb NOT NULL;",
        "ALTER TABLE \"offices\" ADD COLUMN \"planned\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"offices\" ADD COLUMN \"calendar\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"offices\" ADD COLUMN \"swept\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"offices\" ADD COLUMN \"version\" integer DEFAULT 0 NOT NULL;",
        "ALTER TABLE \"offices\" ADD COLUMN \"head\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"batch\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"origin\" text COLLATE \"C\" DEFAULT 'person' NOT NULL;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"units\" jsonb DEFAULT '[]'::jsonb NOT NULL;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"asks\" boolean DEFAULT false NOT NULL;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"tried_at\" timestamp (3) with time zone;",
        "ALTER TABLE \"outbox\" ADD COLUMN \"lapsed\" integer DEFAULT 0 NOT NULL;",
        "ALTER TABLE \"rooms\" ADD COLUMN \"since\" timestamp (3) with time zone;",
        "ALTER TABLE \"rooms\" ADD COLUMN \"overdue\" boolean DEFAULT false NOT NULL;",
        "CREATE INDEX \"duties_clock\" ON \"duties\" USING btree (\"due_at\");",
        "CREATE INDEX \"outbox_turn\" ON \"outbox\" USING btree (\"office\",\"state\",\"lane\",\"due_at\",\"ord\");",
        "CREATE INDEX \"outbox_doubt\" ON \"outbox\" USING btree (\"office\",\"due_at\",\"ord\") WHERE \"outbox\".\"tried_at\" is not null and \"outbox\".\"settled_at\" is null;",
        "CREATE INDEX \"outbox_batch\" ON \"outbox\" USING btree (\"office\",\"batch\",\"state\");"
      ]
    },
    {
      "name": "0003_platforms.sql",
      "statements": [
        "CREATE TABLE \"listeners\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"app\" text COLLATE \"C\" NOT NULL,\n\t\"owner\" text COLLATE \"C\" NOT NULL,\n\t\"until\" timestamp (3) with time zone NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"lost\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"listeners_office_app_pk\" PRIMARY KEY(\"office\",\"app\")\n);",
        "CREATE TABLE \"shown\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"duty\" text COLLATE \"C\" NOT NULL,\n\t\"message\" text COLLATE \"C\" NOT NULL,\n\tCONSTRAINT \"shown_office_duty_message_pk\" PRIMARY KEY(\"office\",\"duty\",\"message\")\n);",
        "ALTER TABLE \"outbox\" ADD COLUMN \"edit\" text COLLATE \"C\";",
        "ALTER TABLE \"outbox\" ADD COLUMN \"edits\" text COLLATE \"C\";",
        "ALTER TABLE \"rooms\" ADD COLUMN \"webhook\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "CREATE INDEX \"shown_message\" ON \"shown\" USING btree (\"office\",\"message\");"
      ]
    },
    {
      "name": "0004_console.sql",
      "statements": [
        "CREATE TABLE \"documents\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"plan\" text COLLATE \"C\" NOT NULL,\n\t\"digest\" text COLLATE \"C\" NOT NULL,\n\t\"part\" integer NOT NULL,\n\t\"lines\" jsonb NOT NULL,\n\tCONSTRAINT \"documents_office_plan_digest_part_pk\" PRIMARY KEY(\"office\",\"plan\",\"digest\",\"part\")\n);",
        "CREATE TABLE \"links\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"digest\" text COLLATE \"C\" NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\t\"expires_at\" timestamp (3) with time zone NOT NULL,\n\t\"used_at\" timestamp (3) with time zone,\n\tCONSTRAINT \"links_office_digest_pk\" PRIMARY KEY(\"office\",\"digest\")\n);",
        "CREATE TABLE \"sessions\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"digest\" text COLLATE \"C\" NOT NULL,\n\t\"person\" text COLLATE \"C\" NOT NULL,\n\t\"via\" text COLLATE \"C\" NOT NULL,\n\t\"agent\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"started_at\" timestamp (3) with time zone NOT NULL,\n\t\"seen_at\" timestamp (3) with time zone NOT NULL,\n\t\"expires_at\" timestamp (3) with time zone NOT NULL,\n\t\"ended_at\" timestamp (3) with time zone,\n\tCONSTRAINT \"sessions_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE UNIQUE INDEX \"sessions_digest\" ON \"sessions\" USING btree (\"office\",\"digest\");",
        "CREATE INDEX \"sessions_person\" ON \"sessions\" USING btree (\"office\",\"person\",\"expires_at\");",
        "CREATE INDEX \"facts_by\" ON \"facts\" USING btree (\"office\",\"by\",\"at\");"
      ]
    },
    {
      "name": "0005_oversight.sql",
      "statements": [
        "CREATE TABLE \"assessments\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"title\" text COLLATE \"C\" NOT NULL,\n\t\"from_day\" date NOT NULL,\n\t\"to_day\" date NOT NULL,\n\t\"plan\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"indicators\" jsonb NOT NULL,\n\t\"rules\" jsonb NOT NULL,\n\t\"object_by\" date,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"assessments_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"evidence\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"duty\" text COLLATE \"C\" NOT NULL,\n\t\"report\" integer NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"name\" text COLLATE \"C\" NOT NULL,\n\t\"message\" text COLLATE \"C\" NOT NULL,\n\t\"source\" jsonb,\n\t\"hash\" text COLLATE \"C\",\n\t\"hint\" jsonb,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"looked_at\" timestamp (3) with time zone,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"evidence_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"files\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"hash\" text COLLATE \"C\" NOT NULL,\n\t\"size\" integer NOT NULL,\n\t\"type\" text COLLATE \"C\" NOT NULL,\n\t\"use\" text COLLATE \"C\" NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"erased_at\" timestamp (3) with time zone,\n\tCONSTRAINT \"files_office_hash_pk\" PRIMARY KEY(\"office\",\"hash\")\n);",
        "CREATE TABLE \"papers\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"title\" text COLLATE \"C\" NOT NULL,\n\t\"from_day\" date,\n\t\"to_day\" date,\n\t\"units\" jsonb NOT NULL,\n\t\"plan\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"content\" jsonb NOT NULL,\n\t\"number\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"signer\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"signed_on\" date,\n\t\"hash\" text COLLATE \"C\",\n\t\"natural\" text COLLATE \"C\" NOT NULL,\n\t\"at\" timestamp (3) with time zone NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"papers_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"scores\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"assessment\" text COLLATE \"C\" NOT NULL,\n\t\"unit\" text COLLATE \"C\" NOT NULL,\n\t\"indicator\" text COLLATE \"C\" NOT NULL,\n\t\"own\" integer,\n\t\"proof\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"given\" integer,\n\t\"third\" integer,\n\t\"reason\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"objection\" jsonb,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"scores_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "ALTER TABLE \"duties\" ADD COLUMN \"archived_on\" date;",
        "ALTER TABLE \"plans\" ADD COLUMN \"follows\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"rooms\" ADD COLUMN \"plan\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "ALTER TABLE \"tasks\" ADD COLUMN \"follows\" text COLLATE \"C\" DEFAULT '' NOT NULL;",
        "CREATE UNIQUE INDEX \"assessments_title\" ON \"assessments\" USING btree (\"office\",\"title\");",
        "CREATE INDEX \"evidence_duty\" ON \"evidence\" USING btree (\"office\",\"duty\",\"report\");",
        "CREATE INDEX \"evidence_state\" ON \"evidence\" USING btree (\"office\",\"state\");",
        "CREATE INDEX \"evidence_message\" ON \"evidence\" USING btree (\"office\",\"message\");",
        "CREATE UNIQUE INDEX \"papers_natural\" ON \"papers\" USING btree (\"office\",\"natural\");",
        "CREATE INDEX \"papers_at\" ON \"papers\" USING btree (\"office\",\"at\");",
        "CREATE UNIQUE INDEX \"scores_natural\" ON \"scores\" USING btree (\"office\",\"assessment\",\"unit\",\"indicator\");",
        "CREATE INDEX \"tasks_follows\" ON \"tasks\" USING btree (\"office\",\"follows\");"
      ]
    },
    {
      "name": "0006_registers.sql",
      "statements": [
        "CREATE TABLE \"annuals\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"year\" integer NOT NULL,\n\t\"form\" text COLLATE \"C\" NOT NULL,\n\t\"content\" jsonb NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"annuals_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"cases\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"kind\" text COLLATE \"C\" NOT NULL,\n\t\"year\" integer NOT NULL,\n\t\"ord\" integer NOT NULL,\n\t\"title\" text COLLATE \"C\" NOT NULL,\n\t\"unit\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\t\"state\" text COLLATE \"C\" NOT NULL,\n\t\"opened_on\" date NOT NULL,\n\t\"closed_on\" date,\n\t\"due\" text COLLATE \"C\",\n\t\"provisional\" boolean DEFAULT false NOT NULL,\n\t\"events\" jsonb NOT NULL,\n\t\"secret\" jsonb,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"cases_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE TABLE \"tallies\" (\n\t\"office\" text COLLATE \"C\" NOT NULL,\n\t\"id\" text COLLATE \"C\" NOT NULL,\n\t\"unit\" text COLLATE \"C\" NOT NULL,\n\t\"period\" text COLLATE \"C\" NOT NULL,\n\t\"channel\" text COLLATE \"C\" NOT NULL,\n\t\"theme\" text COLLATE \"C\" NOT NULL,\n\t\"count\" integer,\n\t\"on_day\" date NOT NULL,\n\t\"version\" integer DEFAULT 0 NOT NULL,\n\t\"head\" text COLLATE \"C\" DEFAULT '' NOT NULL,\n\tCONSTRAINT \"tallies_office_id_pk\" PRIMARY KEY(\"office\",\"id\")\n);",
        "CREATE UNIQUE INDEX \"annuals_year\" ON \"annuals\" USING btree (\"office\",\"year\");",
        "CREATE UNIQUE INDEX \"cases_number\" ON \"cases\" USING btree (\"office\",\"kind\",\"year\",\"ord\");",
        "CREATE INDEX \"cases_state\" ON \"cases\" USING btree (\"office\",\"kind\",\"state\",\"due\");",
        "CREATE INDEX \"cases_due\" ON \"cases\" USING btree (\"office\",\"closed_on\",\"due\");",
        "CREATE INDEX \"cases_unit\" ON \"cases\" USING btree (\"office\",\"unit\",\"closed_on\");",
        "CREATE INDEX \"cases_hours\" ON \"cases\" USING btree (\"office\",\"due\",\"closed_on\") WHERE \"cases\".\"closed_on\" is null and length(\"cases\".\"due\") > 10;",
        "CREATE UNIQUE INDEX \"tallies_natural\" ON \"tallies\" USING btree (\"office\",\"period\",\"unit\",\"channel\",\"theme\");"
      ]
    },
    {
      "name": "0007_wakes.sql",
      "statements": [
        "ALTER TABLE \"offices\" ADD COLUMN \"wakes\" timestamp (3) with time zone;",
        "CREATE INDEX \"evidence_waiting\" ON \"evidence\" USING btree (\"office\") WHERE \"evidence\".\"state\" = 'waiting';",
        "CREATE INDEX \"offices_wakes\" ON \"offices\" USING btree (\"wakes\");"
      ]
    }
  ]
}
