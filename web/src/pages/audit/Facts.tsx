import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Empty, Flex, Spin, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import type { AuditFact, AuditFilter } from '../../../../src/http/shapes/audit.ts'
import { CaseKind } from '../../../../src/model/case.ts'
import { subjectWords } from '../../../../src/model/fact-words.ts'
import { roleWords } from '../../../../src/model/person.ts'
import { Fault } from '../../shell/Fault.tsx'
import { auditClient } from './client.ts'

/** Where the subject of a fact is shown; undefined for what has no page of its own. */
const placeOf = ({ subject, id, plan }: AuditFact): string | undefined => {
  if (subject === 'duty') return `/duties/${encodeURIComponent(id)}`
  if (CaseKind.safeParse(subject).success) return `/cases/${encodeURIComponent(id)}`
  if (plan) return `/plans/${encodeURIComponent(plan)}`
  return subject === 'person' || subject === 'unit' || subject === 'room' ? '/roster' : undefined
}

const About = ({ fact }: { fact: AuditFact }) => {
  const place = placeOf(fact)
  return (
    <>
      <Typography.Text type="secondary">{subjectWords[fact.subject]} </Typography.Text>
      {place && fact.about ? <Link to={place}>{fact.about}</Link> : fact.about}
    </>
  )
}

const Said = ({ fact }: { fact: AuditFact }) => (
  <>
    {fact.body}
    {fact.body && (fact.words || fact.erased) && '；'}
    {fact.erased ? <Typography.Text type="secondary">（文字已清除）</Typography.Text> : fact.words}
  </>
)

const Who = ({ fact: { who } }: { fact: AuditFact }) => (
  <>
    {who.name}
    {who.role && <Typography.Text type="secondary">（{roleWords[who.role]}）</Typography.Text>}
  </>
)

const Kind = ({ fact: { kind } }: { fact: AuditFact }) => (
  <Tag color={kind === '拒绝' ? 'error' : 'default'} variant="outlined">
    {kind}
  </Tag>
)

const Table = ({ facts }: { facts: readonly AuditFact[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section className="facts" style={{ overflowX: 'auto' }} aria-label="审计记录" tabIndex={0}>
    <table className="card-table audit-table">
      <thead>
        <tr>
          {['时间', '人员', '途径', '事情', '对象', '内容'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.key}>
            <td>{fact.when}</td>
            <td>
              <Who fact={fact} />
            </td>
            <td>{fact.way}</td>
            <td>
              <Kind fact={fact} />
            </td>
            <td>
              <About fact={fact} />
            </td>
            <td style={{ overflowWrap: 'anywhere' }}>
              <Said fact={fact} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

const List = ({ facts }: { facts: readonly AuditFact[] }) => (
  <ul className="facts" style={{ listStyle: 'none', padding: 0, margin: 0 }} aria-label="审计记录">
    {facts.map((fact) => (
      <li key={fact.key} style={{ padding: '8px 0', borderBottom: '1px solid #eee', overflowWrap: 'anywhere' }}>
        <div>
          <Kind fact={fact} /> <About fact={fact} />
        </div>
        <div>
          <Said fact={fact} />
        </div>
        <Typography.Text type="secondary">
          {fact.when} · <Who fact={fact} /> · {fact.way}
        </Typography.Text>
      </li>
    ))}
  </ul>
)

/** What the filter finds, a page after the other. */
export const Facts = ({ filter, wide }: { filter: AuditFilter; wide: boolean }) => {
  const pages = useInfiniteQuery({
    queryKey: ['audit', 'facts', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, limit: '50', ...(pageParam && { after: pageParam }) }
      const page = await (await auditClient.audit.$get({ query })).json()
      if (!('facts' in page)) throw new Error('没有读到记录')
      return page
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  if (pages.error) return <Fault error={pages.error} again={() => void pages.refetch()} />
  if (!pages.data) return <Spin style={{ display: 'block', marginTop: 48 }} />
  const facts = pages.data.pages.flatMap((page) => page.facts)
  if (facts.length === 0) return <Empty description="没有符合条件的记录" />
  return (
    <>
      {wide ? <Table facts={facts} /> : <List facts={facts} />}
      <Flex justify="center" style={{ margin: 16 }} className="no-print">
        {pages.hasNextPage ? (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            更早的记录
          </Button>
        ) : (
          <Typography.Text type="secondary">共{facts.length}条，没有更早的了</Typography.Text>
        )}
      </Flex>
    </>
  )
}
