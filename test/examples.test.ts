import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Deadline } from '../src/model/deadline.ts'
import { parse } from '../src/plan/parse.ts'
import { readRosterJson } from '../src/unit/roster.ts'

const example = (name: string) => readFileSync(new URL(`../examples/${name}`, import.meta.url))
const plan = parse(example('plan.txt'), { name: 'plan.txt' })
const table = parse(example('table.txt'), { name: 'table.txt' })
const roster = readRosterJson(JSON.parse(example('roster.json').toString('utf8')))

/** What sort of limit it is: `recurring month within period-start`, `relative hour`. */
function shapeOf(deadline: Deadline): string {
  if (deadline.kind === 'relative') return `relative ${deadline.unit}`
  if (deadline.kind !== 'recurring') return deadline.kind
  const { every, within, by, times } = deadline
  return ['recurring', every, within && `within ${within.of}`, by && 'by', times && 'times'].filter(Boolean).join(' ')
}

describe('the example plan', () => {
  it('is a plan with its head', () => {
    expect(plan.document).toMatchObject({
      title: '2026年云岭市政务公开工作任务分工方案',
      number: '云政办发〔2026〕18号',
      issuer: '云岭市人民政府办公室',
      issuedOn: '2026-03-20',
      year: 2026,
    })
    expect(plan.tasks.length).toBeGreaterThanOrEqual(34)
    expect(plan.common).toHaveLength(2)
  })

  it('has every kind of deadline', () => {
    const shapes = new Set([...plan.tasks, ...table.tasks].flatMap((task) => task.deadlines.map(shapeOf)))
    expect([...shapes]).toEqual(
      expect.arrayContaining([
        'date',
        'ongoing',
        'prompt',
        'relative day',
        'relative workday',
        'relative hour',
        'recurring month',
        'recurring month within period-start',
        'recurring month within next-period-start',
        'recurring quarter',
        'recurring quarter within period-start',
        'recurring quarter within next-period-start',
        'recurring quarter times',
        'recurring half-year within next-period-start',
        'recurring half-year times',
        'recurring year',
        'recurring year by',
        'recurring year times',
      ]),
    )
  })

  it('has every kind of responsibility', () => {
    expect(plan.tasks.some((task) => task.divided && task.lead.length > 1)).toBe(true)
    expect(plan.tasks.some((task) => task.openEnded)).toBe(true)
    expect(plan.tasks.some((task) => task.support.length > 0)).toBe(true)
    expect(plan.tasks.some((task) => task.lead.includes('各县区人民政府') && task.lead.includes('市级各部门'))).toBe(
      true,
    )
  })
})

describe('the example table', () => {
  it('has its rows', () => {
    expect(table.tasks.map((task) => task.id)).toEqual(Array.from({ length: 15 }, (_, row) => String(row + 1)))
    expect(table.document.year).toBe(2026)
  })
})

describe('the example roster', () => {
  it('knows every unit that either example names', () => {
    const known = new Set([...roster.units, ...roster.classes].map((entry) => entry.name))
    const isClass = (name: string) => /各|有关/.test(name)
    const named = [...plan.tasks, ...table.tasks].flatMap((task) => [...task.lead, ...task.support])
    expect(named.filter((name) => !isClass(name) && !known.has(name))).toEqual([])
  })

  it('has two liaisons a unit, each with a number of its own', () => {
    const mobiles = roster.units.flatMap((unit) => unit.liaisons.map((liaison) => liaison.mobile))
    expect(roster.units.every((unit) => unit.liaisons.length === 2 && unit.leader && unit.head)).toBe(true)
    expect(new Set(mobiles).size).toBe(2 * roster.units.length)
    expect(mobiles.every((mobile) => /^13800000\d{3}$/.test(mobile))).toBe(true)
  })
})
