import { describe, expect, it } from 'vitest'
import type { Unit } from '../../src/model/unit.ts'
import { openRegistry } from '../../src/unit/names.ts'
import { readRosterJson, rosterOf } from '../../src/unit/roster.ts'
import { openHeirs, withPredecessors } from '../../src/unit/succession.ts'

const from = '2019-03-01'

/** A roster in which some units are succeeded by others, by their names. */
const roster = (heirs: Record<string, string[]>, groups: Record<string, string[]> = {}, names: string[] = []) => {
  const all = [...new Set([...Object.entries(heirs).flatMap(([old, to]) => [old, ...to]), ...names])]
  const { level, units } = rosterOf(readRosterJson({ level: '市', units: all, groups }))
  const idOf = (name: string) => units.find((unit) => unit.name === name)?.id ?? ''
  return {
    level,
    units: units.map((unit): Unit => {
      const to = heirs[unit.name]
      return to ? { ...unit, succession: { to: to.map(idOf), from } } : unit
    }),
  }
}
const names = (units: readonly Unit[]) => units.map(({ name }) => name)

describe('a name that others answer for', () => {
  const renamed = openRegistry(roster({ 市国土资源局: ['市自然资源局'] }, {}, ['市财政局']))

  it.each(['市国土资源局', '国土资源局', '市国土局', '国土局'])(
    '%s means the heir, and says whose name it was',
    (name) => {
      const found = renamed.resolve(name)
      expect(found).toMatchObject({ kind: 'one', unit: { name: '市自然资源局' }, former: { name: '市国土资源局' } })
    },
  )

  it.each(['市自然资源局', '自然资源局'])('%s is the unit’s own', (name) => {
    const found = renamed.resolve(name)
    expect(found).toMatchObject({ kind: 'one', unit: { name: '市自然资源局' } })
    expect(found).not.toHaveProperty('former')
  })

  it('is found in running text with the heir beside others', () => {
    const found = renamed.find('市国土资源局和财政局本月有哪些任务')
    expect(found.map(({ units, former }) => [names(units), former && names(former)])).toEqual([
      [['市自然资源局'], ['市国土资源局']],
      [['市财政局'], undefined],
    ])
  })

  it('goes through two reforms', () => {
    const twice = openRegistry(roster({ 市甲业局: ['市乙业局'], 市乙业局: ['市丙业局'] }))
    expect(twice.resolve('市甲业局')).toMatchObject({ unit: { name: '市丙业局' }, former: { name: '市甲业局' } })
  })

  it('of a split means several, and in a plan a class that nobody has divided yet', () => {
    const split = openRegistry(roster({ 市园林局: ['市城管局', '市林业局'] }))
    expect(split.resolve('市园林局')).toMatchObject({ kind: 'several', former: { name: '市园林局' } })
    expect(split.classOf('市园林局')).toMatchObject({ kind: 'class', members: null, heirs: ['市城管局', '市林业局'] })
  })

  it('a circle of facts ends', () => {
    const circle = roster({ 市甲业局: ['市乙业局'], 市乙业局: ['市甲业局'] })
    expect(openHeirs(circle.units)(circle.units[0] as Unit)).toEqual([])
    expect(() => openRegistry(circle).resolve('市甲业局')).not.toThrow()
  })
})

describe('classes', () => {
  it('hold the heirs in the place of the old units, each once', () => {
    const heirs = { 东山县政府: ['山河区政府'], 西山县政府: ['山河区政府'] }
    const all = roster(heirs, { 各县区政府: ['东山县政府', '西山县政府', '北川县政府'] }, ['北川县政府'])
    const meant = openRegistry(all).classOf('各县区人民政府')
    const members = meant?.kind === 'class' ? (meant.members ?? []) : []
    expect(members.map((id) => all.units.find((unit) => unit.id === id)?.name)).toEqual(['山河区政府', '北川县政府'])
  })

  it('that a rule fills leave out who is no more', () => {
    const all = roster({ 市国土资源局: ['市自然资源局'] }, {}, ['市财政局'])
    const meant = openRegistry(all).classOf('市级各部门')
    const members = meant?.kind === 'class' ? (meant.members ?? []) : []
    expect(members.map((id) => all.units.find((unit) => unit.id === id)?.name)).toEqual(['市自然资源局', '市财政局'])
  })
})

describe('what was closed under old names', () => {
  const all = roster({ 市甲业局: ['市乙业局'], 市乙业局: ['市丙业局'], 市园林局: ['市丙业局', '市林业局'] })
  const idsOf = (...wanted: string[]) => all.units.filter(({ name }) => wanted.includes(name)).map(({ id }) => id)

  it('is asked for with the unit that alone has its work, and of a split with all its heirs', () => {
    expect(withPredecessors(all.units, idsOf('市丙业局')).sort()).toEqual(
      idsOf('市甲业局', '市乙业局', '市丙业局').sort(),
    )
    expect(withPredecessors(all.units, idsOf('市丙业局', '市林业局'))).toHaveLength(5)
    expect(withPredecessors(all.units, idsOf('市林业局'))).toEqual(idsOf('市林业局'))
  })
})
