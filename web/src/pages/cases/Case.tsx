import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Descriptions, Spin, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { CaseFact, CasePage, DeedShown } from '../../../../src/http/shapes/cases.ts'
import { caseWords } from '../../../../src/model/case.ts'
import { rereadAll } from '../../lib/query.ts'
import { SafeLink } from '../../lib/SafeLink.tsx'
import { saveFile } from '../../lib/save.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { Clocks } from './Clocks.tsx'
import './cases.css'
import { readNotice, useCase, useDeed } from './client.ts'
import { FormDialog } from './FormDialog.tsx'
import { Left, StateTag } from './Left.tsx'

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section style={{ marginTop: 24 }}>
    <Typography.Title level={2} style={{ fontSize: 17 }}>
      {title}
    </Typography.Title>
    {children}
  </section>
)

/** Links lead where they say; all else is text. */
const Words = ({ text }: { text: string }) =>
  /^https?:\/\/\S+( https?:\/\/\S+)*$/.test(text) ? (
    text.split(' ').map((link) => (
      <div key={link}>
        <SafeLink href={link} />
      </div>
    ))
  ) : (
    <span className="case-words">{text}</span>
  )

const head = (page: CasePage): [string, ReactNode][] => [
  ['编号', page.number],
  ['登记簿', caseWords[page.kind]],
  ['状态', <StateTag key="state" {...page} />],
  ['到期', <Left key="due" {...page} />],
  ['承办单位', page.unit || '没有交办单位'],
  ['登记日期', page.openedOn],
  ...(page.closedOn ? ([['办结日期', page.closedOn]] as [string, ReactNode][]) : []),
  ...page.facts.map(([label, text]): [string, ReactNode] => [label, <Words key={label} text={text} />]),
]

const Told = ({ fact }: { fact: CaseFact }) => (
  <li>
    <div>
      <strong>{fact.what}</strong>
      {fact.at && `　${fact.at}`}
    </div>
    {[...fact.told, ...fact.said].map(([label, text]) => (
      <div key={label}>
        {label}：<Words text={text} />
      </div>
    ))}
    {fact.erased && <div>（文字已清除）</div>}
    <Typography.Text type="secondary">
      {fact.who}，{fact.entered}录入
    </Typography.Text>
  </li>
)

/** One deed with its form; where somebody else was first, the page is shown as it stands by now. */
const Deed = ({ page, deed, onClose }: { page: CasePage; deed: DeedShown; onClose(): void }) => {
  const act = useDeed(page.id, page.version, deed.name)
  const queries = useQueryClient()
  const { message } = App.useApp()
  const stale = () => {
    void rereadAll(queries)
    onClose()
  }
  return (
    <FormDialog
      deed={deed}
      heading={`${deed.title}：${page.number}`}
      error={act.error}
      busy={act.isPending}
      stale={stale}
      onClose={onClose}
      send={(input) =>
        act.mutate(input, {
          onSuccess: () => {
            void message.success(`${deed.title}：已登记`)
            onClose()
          },
        })
      }
    />
  )
}

const Papers = ({ page }: { page: CasePage }) => {
  const take = useMutation({ mutationFn: async (kind: string) => saveFile(await readNotice(page.id, kind)) })
  if (page.papers.length === 0) return null
  return (
    <Section title="文书">
      {take.error && <Alert type="error" showIcon title={take.error.message} style={{ marginBottom: 12 }} />}
      <ul className="plain case-papers no-print">
        {page.papers.map(({ kind, title }) => (
          <li key={kind}>
            <Button loading={take.isPending && take.variables === kind} onClick={() => take.mutate(kind)}>
              {title}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** One case: what it is, its clocks with their work shown, what was done to it, and what can be done now. */
export default function OneCase() {
  const { id = '' } = useParams()
  const one = useCase(id)
  // As it stood when the form was opened: what is sent rests on what was seen.
  const [open, setOpen] = useState<{ page: CasePage; deed: DeedShown }>()
  if (one.error) return <Fault error={one.error} again={() => void one.refetch()} />
  if (!one.data) return <Spin style={{ display: 'block', marginTop: 48 }} />
  const page = one.data
  return (
    <>
      <PageTitle title={`${page.number} ${page.title}`} asOf={page.asOf}>
        <Link to={`/cases?kind=${page.kind}`}>{caseWords[page.kind]}登记簿</Link>
        <Button onClick={() => window.print()}>打印</Button>
      </PageTitle>
      {page.deeds.length > 0 && (
        <nav className="case-deeds no-print" aria-label="现在可以办">
          {page.deeds.map((deed, i) => (
            <Button key={deed.name} type={i === 0 ? 'primary' : 'default'} onClick={() => setOpen({ page, deed })}>
              {deed.title}
            </Button>
          ))}
        </nav>
      )}
      {open && <Deed page={open.page} deed={open.deed} onClose={() => setOpen(undefined)} />}
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, md: 2 }}
        items={head(page).map(([label, children]) => ({ key: label, label, children }))}
      />
      {page.secret && (page.secret.length > 0 || page.erased) && (
        <Section title="个人信息和说明（只有主管科室可见）">
          {page.erased ? (
            <p>（已清除）</p>
          ) : (
            <Descriptions
              size="small"
              bordered
              column={1}
              items={page.secret.map(([label, text]) => ({
                key: label,
                label,
                children: <Words text={text} />,
              }))}
            />
          )}
        </Section>
      )}
      {page.clocks.length > 0 && (
        <Section title="时限怎么算">
          <Clocks clocks={page.clocks} />
        </Section>
      )}
      <Papers page={page} />
      <Section title="经过">
        <ol className="case-told">
          {page.timeline.map((fact) => (
            <Told key={fact.seq} fact={fact} />
          ))}
        </ol>
      </Section>
    </>
  )
}
