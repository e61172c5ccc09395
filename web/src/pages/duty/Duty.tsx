import { Card, Col, Descriptions, Flex, Row, Spin, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { DutyPage, Share } from '../../../../src/http/shapes/duty.ts'
import { isOffice } from '../../../../src/model/person.ts'
import { LightDot } from '../../card/CardView.tsx'
import { useMe } from '../../lib/me.tsx'
import { dayWords } from '../../lib/moments.ts'
import { Fault } from '../../shell/Fault.tsx'
import { PageTitle } from '../../shell/PageTitle.tsx'
import { lightLook } from '../../theme.ts'
import { LightWord } from '../ledger/cells.tsx'
import { useDuty } from './client.ts'
import { type Acting, DeedDialog, Deeds } from './Deeds.tsx'
import { Source } from './Source.tsx'
import { Evidence, Facts } from './Told.tsx'

const Light = ({ light, reason }: { light: Share['light']; reason: string }) =>
  light ? (
    <span>
      <LightDot light={light} /> {lightLook[light].word}：{reason}
    </span>
  ) : (
    <span>{reason}</span>
  )

const said = (text: string) => <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</span>

/** A row of the head; what is empty is left out. */
const fields = (page: DutyPage, today: string): [string, ReactNode][] => {
  const { task, asked } = page
  const on = (day: string | null | undefined) => day && dayWords(day, today)
  const day = [on(page.dueOn), page.dueTime].filter(Boolean).join(' ')
  const all: [string, ReactNode][] = [
    ['责任单位', `${page.unit}${page.isClass ? '（待分解）' : ''} · ${page.role === 'lead' ? '牵头' : '配合'}`],
    ['期次', page.round],
    ['状态', page.due.includes(page.stateWords.replace(/^已/, '')) ? page.due : `${page.stateWords}，${page.due}`],
    ['红黄绿灯', <Light key="light" light={page.light} reason={page.lightReason} />],
    [
      '到期日',
      day && (
        <span key="due">
          {day} {page.provisional && <Tag color="warning">暂定</Tag>}
          {page.firstDueOn && <Tag color="processing">原定{on(page.firstDueOn)}</Tag>}
        </span>
      ),
    ],
    ['日期说明', page.whyDue],
    ['文件写的时限', task.deadlines.join('；')],
    ['牵头单位', task.lead.join('、')],
    ['配合单位', task.support.join('、')],
    ['认领截止', page.state === 'unclaimed' ? on(page.claimBy) : ''],
    ['签收', on(page.acceptedOn)],
    ['反馈日', page.reportedOn && `${on(page.reportedOn)}${page.late ? '（逾期）' : ''}`],
    ['保密审查', page.reportedOn && (page.clearedOn ? `${on(page.clearedOn)}已注明` : '未注明')],
    ['办结日', on(page.closedOn)],
    ['已报次数', page.times > 1 ? `${page.approved}/${page.times}` : ''],
    [
      '要交的佐证',
      page.wanted.map((proof) => `${proof}${page.proofs.includes(proof) ? '（已交）' : '（未交）'}`).join('、'),
    ],
    ['科室', page.parts.map(({ name, doneOn }) => `${name}${doneOn ? '（已交）' : '（未交）'}`).join('、')],
    [
      '待答复',
      asked?.kind === 'extension'
        ? `${on(asked.on)}申请延期到${on(asked.until)}${asked.late ? '（逾期后申请）' : ''}`
        : asked?.kind === 'decline'
          ? `${on(asked.on)}报不涉及${asked.to && `，建议由${asked.to}负责`}`
          : '',
    ],
    ['备注', task.note],
    ...page.before.map(({ label, text }): [string, ReactNode] => [label, text]),
  ]
  return all.filter(([, value]) => value)
}

const Shares = ({ title, shares, own, none }: { title: string; shares: Share[]; own: string; none: string }) => (
  <Col xs={24} md={12}>
    <Typography.Title level={3} style={{ fontSize: 15 }}>
      {title}
    </Typography.Title>
    {shares.length === 0 && <Typography.Text type="secondary">{none}</Typography.Text>}
    <ul className="plain">
      {shares.map((share) => (
        <li key={share.id}>
          <LightWord light={share.light} />{' '}
          {share.id === own ? (
            <strong>{share.unit}（本页）</strong>
          ) : (
            <Link to={`/duties/${share.id}`}>{share.unit}</Link>
          )}{' '}
          <Typography.Text type="secondary">{share.due}</Typography.Text>
        </li>
      ))}
    </ul>
  </Col>
)

const heading = (text: string) => <h2 style={{ fontSize: 16, margin: 0 }}>{text}</h2>

const Page = ({ page }: { page: DutyPage }) => {
  const me = useMe()
  const [acting, setActing] = useState<Acting>()
  const own = me.person.role === 'liaison' && me.person.units.some(({ name }) => name === page.unit)
  const around = {
    standing: page.state === 'standing',
    until: page.asked?.kind === 'extension' ? page.asked.until : undefined,
    units: page.units,
  }
  const ours = page.deeds.filter(({ onBehalf }) => !onBehalf)
  const theirs = page.deeds.filter(({ onBehalf }) => onBehalf)
  return (
    <Flex vertical gap={16}>
      <Card size="small" title={heading('任务')}>
        <Typography.Paragraph style={{ fontSize: 16 }}>{said(page.text)}</Typography.Paragraph>
        <Descriptions
          size="small"
          bordered
          column={{ xs: 1, md: 2 }}
          items={fields(page, me.today).map(([label, children]) => ({ key: label, label, children }))}
        />
        {page.deeds.length > 0 && (
          <Flex vertical gap={12} style={{ marginTop: 16 }} className="no-print">
            <Deeds deeds={ours} around={around} onPress={setActing} />
            {theirs.length > 0 && (
              <div>
                <Typography.Text type="secondary">单位打电话、送纸质件来的，由主管科室代填：</Typography.Text>
                <Deeds deeds={theirs} around={around} onPress={setActing} size="small" />
              </div>
            )}
          </Flex>
        )}
      </Card>
      <Card size="small" title={heading('牵头和配合')}>
        <Row gutter={[16, 16]}>
          <Shares title="牵头" shares={page.leads} own={page.id} none={page.task.lead.join('、') || '没有牵头单位'} />
          <Shares
            title="配合"
            shares={page.supports}
            own={page.id}
            none={page.task.support.join('、') || '没有配合单位'}
          />
        </Row>
      </Card>
      {page.rounds.length > 0 && (
        <Card size="small" title={heading('其他期次')}>
          <ul className="plain rounds">
            {page.rounds.map((one) => (
              <li key={one.id}>
                <LightWord light={one.light} /> <Link to={`/duties/${one.id}`}>{one.round}</Link>{' '}
                <Typography.Text type="secondary">{one.stateWords}</Typography.Text>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Card size="small" title={heading('反馈和佐证')}>
        <Evidence page={page} mayCheck={(own || isOffice(me.person)) && !page.secret} zone={me.zone} />
      </Card>
      <Card size="small" title={heading('出处')}>
        <Source page={page} toPlan={isOffice(me.person)} />
      </Card>
      <Card size="small" title={heading('台账记录')}>
        <Facts facts={page.facts} />
      </Card>
      {acting && <DeedDialog {...acting} onClose={() => setActing(undefined)} />}
    </Flex>
  )
}

/** One duty: how it stands, who else has a share, what was handed in, where the plan says it, and what happened. */
export default function Duty() {
  const { id = '' } = useParams()
  const duty = useDuty(id)
  if (duty.error) return <Fault error={duty.error} again={() => void duty.refetch()} />
  if (!duty.data) return <Spin style={{ display: 'block', marginTop: 96 }} />
  return (
    <>
      <PageTitle title={`${duty.data.code} ${duty.data.unit}`} asOf={duty.data.asOf} />
      <Page key={id} page={duty.data} />
    </>
  )
}
