import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Tag, Timeline, Typography } from 'antd'
import type { Brought, DutyPage, LinksChecked, ReportTold, Told } from '../../../../src/http/shapes/duty.ts'
import { timeWords } from '../../lib/moments.ts'
import { SafeLink } from '../../lib/SafeLink.tsx'
import { checkLinks } from './client.ts'

type Checked = LinksChecked['links'][number]

const outcomes: Record<Checked['outcome'], { word: string; color: string }> = {
  open: { word: '可打开', color: 'success' },
  broken: { word: '打不开', color: 'error' },
  refused: { word: '被拒绝', color: 'warning' },
  skipped: { word: '没有检查', color: 'default' },
}

/** People leave the scheme out; the bot takes that as an address too. */
const hrefOf = (link: string): string => (/^https?:\/\//i.test(link) ? link : `http://${link}`)

const CheckedTag = ({ outcome, status, why, at, zone }: Checked & { zone: string }) => (
  <span>
    <Tag color={outcomes[outcome].color}>
      {outcomes[outcome].word}
      {status === null ? '' : ` ${status}`}
    </Tag>
    <Typography.Text type="secondary">{[why, `${timeWords(at, zone)}检查`].filter(Boolean).join('，')}</Typography.Text>
  </span>
)

/** Links as they were handed in; where they were looked at, with what came of it. */
export const Links = ({ links, checked = [], zone = '' }: { links: string[]; checked?: Checked[]; zone?: string }) => (
  <ul className="plain">
    {links.map((link) => {
      const found = checked.find((one) => one.link === link)
      return (
        <li key={link} style={{ overflowWrap: 'anywhere' }}>
          <SafeLink href={hrefOf(link)}>{link}</SafeLink> {found && <CheckedTag {...found} zone={zone} />}
        </li>
      )
    })}
  </ul>
)

const kindWords: Record<Brought['kind'], string> = { link: '链接', picture: '图片', file: '文件' }

/** What came with reports, and what was found of it: a hint for whoever looks, in words. */
export const BroughtList = ({ brought }: { brought: readonly Brought[] }) =>
  brought.length === 0 ? null : (
    <div className="brought">
      <Typography.Text type="secondary">佐证（供参考，以人看为准）</Typography.Text>
      <ul className="plain">
        {brought.map((one) => (
          <li key={one.id} style={{ overflowWrap: 'anywhere' }}>
            <Tag>{kindWords[one.kind]}</Tag>
            {one.kind === 'link' ? <SafeLink href={hrefOf(one.name)}>{one.name}</SafeLink> : one.name}
            {'：'}
            {one.words} {one.when && <Typography.Text type="secondary">（{one.when}）</Typography.Text>}{' '}
            {one.copy && (
              <a href={`/api/evidence/${encodeURIComponent(one.id)}/file`} download title={`SHA-256 ${one.hash}`}>
                {one.kind === 'link' ? '下载副本' : '下载'}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )

/** What people said with a fact; text alone, whatever stands in it. */
export const Said = ({ told: { said, erased } }: { told: Told }) => (
  <>
    {said.map(({ label, text }) => (
      <Typography.Paragraph key={label} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>
        {label && `${label}：`}
        {text}
      </Typography.Paragraph>
    ))}
    {erased && <Typography.Text type="secondary">（内容已删除）</Typography.Text>}
  </>
)

const fateColors: Record<ReportTold['fate'], string> = {
  ...{ waiting: 'processing', approved: 'success', returned: 'warning', withdrawn: 'default' },
}

/** What was handed in, the newest first, and whether its links open. */
export const Evidence = ({ page, mayCheck, zone }: { page: DutyPage; mayCheck: boolean; zone: string }) => {
  const check = useMutation({ mutationFn: () => checkLinks(page.id) })
  const links = page.reports.flatMap((report) => report.links)
  if (page.reports.length === 0) return <Typography.Text type="secondary">还没有反馈</Typography.Text>
  return (
    <Flex vertical gap={12}>
      {mayCheck && links.length > 0 && (
        <div className="no-print">
          <Button size="small" loading={check.isPending} onClick={() => check.mutate()}>
            检查链接
          </Button>
        </div>
      )}
      {check.error && <Alert type="warning" title={check.error.message} role="alert" />}
      {page.reports.map((report) => (
        <div key={report.seq}>
          <Tag color={fateColors[report.fate]}>{report.fateWords}</Tag>
          <Typography.Text strong>{report.what}</Typography.Text>{' '}
          <Typography.Text type="secondary">
            {[`${report.day} ${report.time}`, report.who, report.way].filter(Boolean).join(' · ')}
          </Typography.Text>
          <Said told={report} />
          <Links links={report.links} checked={check.data?.links ?? []} zone={zone} />
          <BroughtList brought={page.evidence.filter((one) => one.report === report.seq)} />
        </div>
      ))}
    </Flex>
  )
}

/** All that happened, the newest first. */
export const Facts = ({ facts }: { facts: readonly Told[] }) => (
  <Timeline
    items={facts.map((fact) => ({
      key: fact.seq,
      content: (
        <>
          <Typography.Text strong>{fact.what}</Typography.Text>
          <div>
            <Typography.Text type="secondary">
              {[`${fact.day} ${fact.time}`, fact.who, fact.way].filter(Boolean).join(' · ')}
            </Typography.Text>
          </div>
          <Said told={fact} />
          {fact.links.length > 0 && <Links links={fact.links} />}
        </>
      ),
    }))}
  />
)
