/** The rows of a ledger of any size, written by the database itself: no row goes over a wire. */

/** How large a ledger is: offices, years of plans, duties of a plan, and of the asking office's plan of this year. */
export interface Size {
  offices: number
  years: number
  each: number
  asking: number
  /** Units of an office. */
  units: number
  /** Nothing is done yet and every unit has a room of its own and a liaison: what a Monday's lists are made of. */
  open?: true
  /**
   * As an installation is after years: plans of former years are closed, every duty has a fact, and messages, receipts and
   * evidence of former days lie beside; yesterday is sealed. The first unit is 市财政局.
   */
  kept?: true
}

export const YEAR = 2017
/** A Monday in the middle of the year's work, and the day after it. */
export const MONDAY = `${YEAR}-08-14`
export const TUESDAY = `${YEAR}-08-15`
/** Duties of one task: a unit's share each. */
const SHARES = 10

/** What the two kinds of SQL say each in its own way. All days are texts until they are stored. */
interface Words {
  json(text: string): string
  day(text: string): string
  instant(ms: number): string
  endOfMonth(year: string, month: string): string
  daysAfter(day: string, many: string): string
  number(truth: string): string
}

const sqlite: Words = {
  json: (text) => text,
  day: (text) => text,
  instant: (ms) => String(ms),
  endOfMonth: (year, month) => `date(${year} || '-01-01', '+' || ${month} || ' months', '-1 day')`,
  daysAfter: (day, many) => `date('${day}', '+' || ${many} || ' days')`,
  number: (truth) => truth,
}

const postgres: Words = {
  json: (text) => `(${text})::jsonb`,
  day: (text) => `(${text})::date`,
  instant: (ms) => `to_timestamp(${ms / 1000})`,
  endOfMonth: (year, month) =>
    `((make_date(${year}, 1, 1) + ${month} * interval '1 month' - interval '1 day')::date)::text`,
  daysAfter: (day, many) => `(date '${day}' + ${many})::text`,
  number: (truth) => `(${truth})::integer`,
}

/** How a plan's duties stand: SQL over `y` and `n`, the year and the duty's place in its plan. */
interface Spread {
  dueOn: string
  state: string
  done: string
}

/**
 * A month's work is due at its end; what was due is done but for one in twenty, of which some wait for review; one in ten
 * stands without a day.
 */
const yearly = (w: Words): Spread => {
  const due = w.endOfMonth('y', `((n / ${SHARES}) % 12 + 1)`)
  const past = `(${due} < '${YEAR}-08-01')`
  const standing = `(n % ${SHARES} = 9)`
  return {
    dueOn: `case when ${standing} then null else ${due} end`,
    state: `case when ${standing} then 'standing' when ${past} and n % 20 <> 7 then 'done' when ${past} and n % 40 = 7 then 'review' else 'open' end`,
    done: `(${past} and not ${standing} and n % 20 <> 7)`,
  }
}

/** Of a hundred duties 8 are overdue, 20 due in Monday's week, 6 returned, 4 unclaimed, 52 due later, and 10 stand. */
const open = (w: Words): Spread => {
  const h = `((n * 37 + n / ${SHARES}) % 100)`
  const days = (from: string, many: number) => w.daysAfter(`${YEAR}-${from}`, `(n % ${many})`)
  return {
    dueOn: `case when ${h} < 8 then ${days('07-31', 12)} when ${h} < 28 then ${days('08-14', 5)} when ${h} < 34 then ${days('08-14', 12)}
      when ${h} < 50 then ${days('08-21', 11)} when ${h} < 90 then ${days('09-01', 100)} end`,
    state: `case when ${h} < 28 then 'open' when ${h} < 34 then 'returned' when ${h} < 38 then 'unclaimed' when ${h} < 90 then 'open' else 'standing' end`,
    done: 'false',
  }
}

/** A room for every unit, and a liaison with an account. */
const peopled = (w: Words, office: string, unit: string): string[] => [
  `insert into rooms (office, key, scope, units, address, since) with recursive ${office}, ${unit}
   select 'office-' || o, 'lark:*:oc_' || o || '_' || u, 'units', ${w.json(`'["unit-' || u || '"]'`)},
     ${w.json(`'{"platform":"lark","route":"*","kind":"room","id":"oc_' || o || '_' || u || '"}'`)}, ${w.instant(0)} from offices, units`,
  `insert into people (office, id, name, role, units, charge, post) with recursive ${office}, ${unit}
   select 'office-' || o, 'person-' || u, '联络员' || u, 'liaison', ${w.json(`'["unit-' || u || '"]'`)}, '[]', 'A' from offices, units`,
  `insert into identities (office, key, person) with recursive ${office}, ${unit}
   select 'office-' || o, 'lark:*:ou_' || o || '_' || u, 'person-' || u from offices, units`,
]

/** What years leave behind: a fact a duty; of a fifth of them a message and its receipt, of a tenth a piece of evidence. */
const kept = (w: Words, office: string): string[] => {
  const before = w.instant(Date.parse(`${MONDAY}T00:00:00Z`) - 86_400_000)
  return [
    `insert into facts (office, subject, id, seq, kind, body, "by", via, at, alg, prev, hash)
     select office, 'duty', id, 1, 'released', '{}', 'admin:cli', 'bench', ${before}, 'sm3', '', 'h' from duties`,
    `insert into receipts (office, key, at) select office, 'console:local:' || id, ${before} from duties where ord % 5 = 0`,
    `insert into outbox (office, id, batch, lane, room, ord, address, due_at, valid_until, state, tasks, settled_at)
     select office, id, '', 'answer', 'console:local:' || unit, id, ${w.json(`'{"platform":"console","route":"local","kind":"person","id":"' || unit || '"}'`)},
       ${before}, ${before}, 'sent', '[]', ${before} from duties where ord % 5 = 0`,
    `insert into evidence (office, id, duty, report, kind, state, name, message, at)
     select office, id, id, 1, 'link', 'looked', 'https://example.gov.cn/' || id, 'console:local:' || id, ${before} from duties where ord % 10 = 0`,
    `insert into seals (office, day, alg, heads, hash, prev, moved, at) with recursive ${office}
     select 'office-' || o, ${w.day(`'${MONDAY}'`)}, 'sm3', 1, 'h', '', '[]', ${before} from offices`,
  ]
}

/** Statements that fill a ledger's empty tables. */
export const fill = (size: Size, dialect: 'sqlite' | 'postgres' = 'sqlite'): string[] => {
  const w = dialect === 'postgres' ? postgres : sqlite
  const { offices, years, each, asking, units } = size
  const upTo = (name: string, from: number | string, to: string) =>
    `${name}(${name[0]}) as (select ${from} union all select ${name[0]} + 1 from ${name} where ${name[0]} < ${to})`
  const office = upTo('offices', 1, String(offices))
  const year = upTo('years', YEAR - years + 1, String(YEAR))
  const most = Math.max(each, asking)
  const many = `(case when o = 1 and y = ${YEAR} then ${asking} else ${each} end)`
  const unit = upTo('units', 1, String(units))
  const named = size.kept ? `case when u = 1 then '市财政局' else '市第' || u || '局' end` : `'市第' || u || '局'`
  const plan = `'{"title":"重点工作责任分工","docNo":"","issuer":"","issuedOn":"' || y || '-01-05","year":' || y || '}'`
  const closed = (then: string, otherwise: string) =>
    size.kept ? `case when y < ${YEAR} then ${then} else ${otherwise} end` : otherwise
  const { dueOn, state, done } = size.open ? open(w) : yearly(w)
  const doneOn = w.day(`case when ${done} then ${dueOn} end`)
  return [
    `insert into offices (office, name, zone, level) with recursive ${office} select 'office-' || o, '某市', 'Asia/Shanghai', '市' from offices`,
    `insert into units (office, id, name, short, level, kind, members, origin, ord)
     with recursive ${office}, ${unit}
     select 'office-' || o, 'unit-' || u, ${named}, '[]', '市', 'unit', null, 'roster', u from offices, units`,
    `insert into plans (office, id, code, state, document, digest, questions, common, released_at, "natural")
     with recursive ${office}, ${year}
     select 'office-' || o, 'plan-' || y, '重点' || (y % 100), ${closed(`'closed'`, `'released'`)}, ${w.json(plan)}, '', '[]', '[]', ${w.instant(0)}, y from offices, years`,
    `insert into tasks (office, id, plan, number, ord, kind, text, section, deadlines, draft)
     with recursive ${office}, ${year}, ${upTo('numbers', 1, String(Math.ceil(most / SHARES)))}
     select 'office-' || o, y || '-' || n, 'plan-' || y, '' || n, n, 'demand',
       '按月公开第' || n || '项重点工作的进展情况，说明增减变化的原因，主动回应社会关注的热点问题，并在门户网站集中公开。',
       '["主要任务"]', '[{"kind":"recurring","every":"month","raw":"按月"}]', '{"lead":[],"support":[]}'
     from offices, years, numbers where n <= (${many} + ${SHARES - 1}) / ${SHARES}`,
    `insert into duties (office, id, plan, task, ord, unit, role, demand, round, due_on, state, named, approved, reported_on, closed_on, owed_on, late, archived_on, version, head)
     with recursive ${office}, ${year}, ${upTo('numbers', 0, `${most} - 1`)}
     select 'office-' || o, y || '-' || n, 'plan-' || y, y || '-' || (n / ${SHARES} + 1), n / ${SHARES} + 1,
       'unit-' || ((n / ${SHARES} * 7 + n % ${SHARES}) % ${units} + 1), 'lead', 0,
       coalesce(substr(${dueOn}, 1, 7), 'standing'),
       ${w.day(dueOn)}, ${state}, true, ${w.number(done)}, ${doneOn}, ${doneOn}, ${w.day(dueOn)}, (${done} and n % 30 = 1),
       ${w.day(closed(`case when not ${done} then '${YEAR - 1}-12-31' end`, 'null'))}, ${size.kept ? `1, 'h'` : `0, ''`}
     from offices, years, numbers where n < ${many}`,
    ...(size.open ? peopled(w, office, unit) : []),
    ...(size.kept ? kept(w, office) : []),
  ]
}
