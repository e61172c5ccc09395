import { expect, it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { openTown } from '../town/town.ts'

const plan = `云溪市2017年校务公开工作方案

一、工作任务

1. 公开招生。2017年9月底前公布招生结果（云溪学院、云溪职业技术学院）。公布收费标准（市环保局）。

2. 公开环境。每季度公布水质（市环境保护局）。

云溪市人民政府办公室
2017年7月11日
`

it('names in one list are two units, however alike; spellings apart are one, by the fullest', async () => {
  const store = await openSqlite(':memory:')
  await migrate(store)
  const town = await openTown(store.of('a'), { plan, roster: null })
  const { view } = await town.deps.cache(town.deps.store)
  expect(view.units.map((unit) => unit.name)).toEqual(['云溪学院', '云溪职业技术学院', '市环境保护局'])
  await store.close()
})
