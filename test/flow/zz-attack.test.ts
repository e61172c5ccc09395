import { eq } from 'drizzle-orm'
import { it } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { openSqlite } from '../../db/sqlite.ts'
import { dispatch } from '../../src/flow/dispatch.ts'
import { deliver } from '../../src/flow/deliver.ts'
import { queuePushes } from '../../src/flow/push.ts'
import { importPlan, releasePlan } from '../../src/flow/import.ts'
import { register } from '../../src/flow/roster.ts'
import { actorOf } from '../../src/cli/turn.ts'
import { parse } from '../../src/plan/parse.ts'
import { renderText } from '../../adapters/console/index.ts'
import { openTown } from '../town/town.ts'
import { townPlan } from '../town/plan.ts'
import { settle } from '../town/members.ts'

const fresh = async (opt = {}) => { const store = await openSqlite(':memory:'); await migrate(store); return { store, town: await openTown(store.of('y'), opt) } }
const stampOf = (deps: any) => ({ by: 'a', via: 'v' + deps.newId(), at: deps.now() })
const show = (name: string, x: any) => console.log('### ' + name + '\n' + (typeof x === 'string' ? x : JSON.stringify(x)))

it('probe', async () => {
  { const { town } = await fresh(); town.on('2017-10-20')
    const l = town.as('liaison:市财政局')
    show('list', (await l.says('任务清单')).text)
    show('choose', (await l.says('1-2 已公开 http://a.gov.cn/x')).text)
    show('more->?', (await l.says('更多')).text)
    const facts = await town.deps.store.q.select().from(town.deps.store.t.facts).where(eq(town.deps.store.t.facts.kind, 'reported'))
    show('words stored', facts.map((f) => [f.words, f.body]))
  }
  { const { town } = await fresh(); town.on('2017-10-20')
    const l = town.as('liaison:市财政局')
    show('two tasks', (await l.says('1-2、1-1 已完成')).text)
    const a = await l.says('1'); show('pick', a.text + JSON.stringify(a.rows))
  }
  { const { town } = await fresh(); town.on('2017-08-20')
    const l = town.as('liaison:市财政局'); const o = town.as('office')
    await l.says('1-2 7月的已公开 http://a.gov.cn/x')
    show('twice', (await l.says('1-2 已公开 http://a.gov.cn/x')).text)
    show('return no punctuation', (await o.says('退回 1-2 链接打不开')).text)
    await l.says('1-2 7月的已公开 http://a.gov.cn/x')
    show('return comma', (await o.says('退回市财政局1-2，链接打不开')).text)
  }
  { const { town } = await fresh(); town.on('2017-08-20')
    show('head reports', (await town.as('head:市财政局').says('1-2 7月的已公开 http://a.gov.cn/x')).text)
    show('secret long', (await town.as('liaison:市财政局').says('1-2 7月的已公开，另外我局报送的会议纪要机密★1年全文如下，涉及某某单位某某事项的具体安排，请主管科室审核并归档，后续按要求办理，谢谢大家的支持与配合')).text)
    show('secret short no star', (await town.as('liaison:市财政局').says('1-2 7月的已公开（机密 1年）')).text)
    show('secret star ascii', (await town.as('liaison:市财政局').says('1-1 正在办 机密*1年')).text)
    for (const t of ['1-2 7月的已公开\u0000', '1-2 正在办\ud83d']) try { show('nul', (await town.as('liaison:市财政局').says(t)).text) } catch (e) { show('nul THROWS', String(e)) }
  }
  { const { town } = await fresh(); town.on('2017-08-20')
    const deps = { ...town.deps, botName: '督办(测试' }
    try { await dispatch(deps, { id: 'x', platform: 'lark', route: 'c', at: deps.now(), from: { id: 'u', name: '' }, room: { platform: 'lark', route: 'c', kind: 'person', id: 'u' }, addressed: true, text: '帮助' }); show('botname', 'ok') } catch (e) { show('botname THROWS', String(e)) }
  }
  { // second plan, claims across plans and codes
    const { town } = await fresh(); const deps = town.deps
    const second = townPlan.replaceAll('2017〕33号', '2017〕34号').replaceAll('政务公开工作实施方案', '政务公开工作补充方案')
    const bytes = new TextEncoder().encode(second)
    const im = await importPlan(deps, parse(bytes), bytes, stampOf(deps)); await releasePlan(deps, im.plan, stampOf(deps))
    show('code', im.code)
    town.on('2017-08-20')
    const l = town.as('liaison:市统计局')
    show('unclaimed', (await l.says('还有哪些没认领')).text)
    const c = await l.says('公开17-1-3 认领，其余不涉及'); show('claim', JSON.stringify(c.intent) + c.text)
    const f = town.as('liaison:市财政局')
    const t1 = await f.says(im.code + '-1-2是什么'); show('say second plan', JSON.stringify(t1.intent) + t1.text)
    const t2 = await f.says(im.code + '-1-2 7月的已公开 http://a.gov.cn/1'); show('report second plan', JSON.stringify(t2.intent) + t2.text)
    show('askPlan to stranger of task', (await town.as('liaison:市环保局').says('1-2是什么')).text)
  }
  { const { town } = await fresh(); const deps = town.deps; const { registry } = await deps.cache(deps.store)
    town.on('2017-08-05')
    const id = (n: string) => { const r = registry.resolve(n); if (r.kind !== 'one') throw n; return r.unit.id }
    const two = { id: 'p', name: 'p', role: 'liaison' as const, units: [id('东河区政府'), id('西山县政府')], charge: [] }
    const m = (text: string, as: any, extra = {}) => dispatch(deps, { id: deps.newId(), platform: 'lark', route: 'c', at: deps.now(), from: { id: as.id, name: '' }, room: { platform: 'lark', route: 'c', kind: 'person', id: as.id }, addressed: true, text, ...extra }, true, as)
    const r = await m('4-1 已完成 http://a.gov.cn/1', two); show('two units', renderText(r.reply!) + JSON.stringify(r.rows))
    const lead = await actorOf({ deps }, 'office')
    const a = await m('各县区政府本月有哪些到期任务', lead); show('class list', JSON.stringify(a.intent) + renderText(a.reply!))
    const b = await m('', lead, { button: { intent: 'list', units: ['不存在的局'] } }); show('unknown unit', renderText(b.reply!))
    // quoting a long list
    const li = await actorOf({ deps }, 'liaison:市财政局')
    town.on('2017-08-20')
    const lst = await m('任务清单', li)
    await deps.store.atomic((q: any) => [q.update(deps.store.t.outbox).set({ ref: 'om_q' })])
    const q = await m('已完成', li, { quotes: 'om_q' }); show('quote list, done', JSON.stringify(q.intent) + renderText(q.reply!))
    const q2 = await m('通过', lead, { quotes: 'om_q' }); show('office 通过 quoting', JSON.stringify(q2.intent) + renderText(q2.reply!))
  }
  { const { town } = await fresh(); const deps = town.deps
    town.on('2017-08-20')
    const big = '1-2 7月的已公开 ' + Array.from({ length: 3000 }, (_, i) => `${(i % 9) + 1}-${(i % 90) + 1}`).join('、')
    for (const [n, t] of [['tasks3000', big], ['a30k', '啊'.repeat(30000)], ['digits30k', '1'.repeat(30000)], ['1、30k', '1、'.repeat(15000)], ['月30k', '7月'.repeat(15000)], ['号30k', '12号'.repeat(10000)], ['市30k', '市财政局、'.repeat(6000)], ['关于', '关于'.repeat(15000)], ['(30k', '('.repeat(30000)], [' 30k', ' '.repeat(30000) + 'x'], ['http', 'http://a.'.repeat(3000)], ['a-.', 'a-'.repeat(15000)], ['@', '@a '.repeat(10000)], ['密', ('机 '.repeat(3)+' '.repeat(20000)+'x')], ['\n', '1、a\n'.repeat(8000)], ['每', '每'.repeat(30000)], ['已完成', '已完成'.repeat(10000)]] as const) {
      const t0 = performance.now(); let r: any
      try { r = await town.as('liaison:市财政局').says(t); show(n, `${(performance.now() - t0).toFixed(0)} ms ${r.intent.intent} reply ${r.text.length}`) } catch (e) { show(n + ' THROWS', String(e).slice(0, 200)) }
    }
  }
}, 300000)
